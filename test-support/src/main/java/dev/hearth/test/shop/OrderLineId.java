package dev.hearth.test.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * The id of an order line.
 *
 * @param number counted from 1 within the order
 */
@Embeddable
public record OrderLineId(
        @Column(name = "order_id") long orderId,
        @Column(name = "line_number") int number) {}
