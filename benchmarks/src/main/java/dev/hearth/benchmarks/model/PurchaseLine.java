package dev.hearth.benchmarks.model;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.math.BigDecimal;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** A line of an order: READ_WRITE without a version. */
@Entity
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class PurchaseLine {
    @Id
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Purchase purchase;

    private String article;
    private int quantity;
    private BigDecimal price;

    protected PurchaseLine() {}

    PurchaseLine(long id, Purchase purchase, int quantity) {
        this.id = id;
        this.purchase = purchase;
        this.quantity = quantity;
        article = "Article " + id;
        price = BigDecimal.valueOf(id + 99, 2);
    }

    public Long getId() {
        return id;
    }

    public Purchase getPurchase() {
        return purchase;
    }

    public String getArticle() {
        return article;
    }

    public int getQuantity() {
        return quantity;
    }

    public BigDecimal getPrice() {
        return price;
    }
}
