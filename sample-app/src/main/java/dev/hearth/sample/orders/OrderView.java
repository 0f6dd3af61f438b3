package dev.hearth.sample.orders;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** An order as clients see it. */
record OrderView(long id, long customer, Instant placedAt, BigDecimal total, List<Line> lines) {
    record Line(long product, String name, int quantity, BigDecimal unitPrice) {
        static Line of(OrderLine line) {
            return new Line(
                    line.getProduct().getId(), line.getProduct().getName(), line.getQuantity(), line.getUnitPrice());
        }
    }

    static OrderView of(Order order) {
        return new OrderView(
                order.getId(),
                order.getCustomer().getId(),
                order.getPlacedAt(),
                order.getTotal(),
                order.getLines().stream().map(Line::of).toList());
    }
}
