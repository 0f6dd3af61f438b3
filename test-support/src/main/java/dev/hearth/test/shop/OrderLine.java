package dev.hearth.test.shop;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** READ_WRITE with an embedded id and no version. */
@Entity
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class OrderLine {
    @EmbeddedId
    private OrderLineId id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "order_id", insertable = false, updatable = false)
    private Order order;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Product product;

    private int quantity;

    protected OrderLine() {}

    OrderLine(Order order, int number, Product product, int quantity) {
        this.id = new OrderLineId(order.getId(), number);
        this.order = order;
        this.product = product;
        this.quantity = quantity;
    }

    public OrderLineId getId() {
        return id;
    }

    int getNumber() {
        return id.number();
    }

    public Order getOrder() {
        return order;
    }

    public Product getProduct() {
        return product;
    }

    public int getQuantity() {
        return quantity;
    }

    public void setQuantity(int quantity) {
        this.quantity = quantity;
    }
}
