package dev.hearth.sample.orders;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** A customer as clients see it, with a summary of each order. */
record CustomerView(long id, String name, String email, List<Summary> orders) {
    record Summary(long id, Instant placedAt, BigDecimal total) {}

    static CustomerView of(Customer customer) {
        List<Summary> orders = customer.getOrders().stream()
                .map(order -> new Summary(order.getId(), order.getPlacedAt(), order.getTotal()))
                .toList();
        return new CustomerView(customer.getId(), customer.getName(), customer.getEmail(), orders);
    }
}
