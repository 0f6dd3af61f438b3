package dev.hearth.test.shop;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** READ_WRITE with a version and a cached collection whose elements it owns. */
@Entity
@Table(name = "orders")
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Order {
    @Id
    private Long id;

    @Version
    private long version;

    private LocalDate placed;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Customer customer;

    @OneToMany(mappedBy = "order", cascade = CascadeType.ALL, orphanRemoval = true)
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private List<OrderLine> lines = new ArrayList<>();

    protected Order() {}

    public Order(long id, LocalDate placed, Customer customer) {
        this.id = id;
        this.placed = placed;
        this.customer = customer;
        customer.getOrders().add(this);
    }

    /** Adds a line under the next number. */
    public OrderLine add(Product product, int quantity) {
        int number = lines.stream().mapToInt(OrderLine::getNumber).max().orElse(0) + 1;
        OrderLine line = new OrderLine(this, number, product, quantity);
        lines.add(line);
        return line;
    }

    public Long getId() {
        return id;
    }

    public long getVersion() {
        return version;
    }

    public LocalDate getPlaced() {
        return placed;
    }

    public void setPlaced(LocalDate placed) {
        this.placed = placed;
    }

    public Customer getCustomer() {
        return customer;
    }

    public List<OrderLine> getLines() {
        return lines;
    }
}
