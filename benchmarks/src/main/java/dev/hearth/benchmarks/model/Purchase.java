package dev.hearth.benchmarks.model;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Version;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** An order: READ_WRITE with a cached collection of five lines. */
@Entity
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Purchase {
    /** How many lines an order has. */
    public static final int LINES = 5;

    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);

    @Id
    private Long id;

    @Version
    private long version;

    private LocalDate placed;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Customer customer;

    @OneToMany(mappedBy = "purchase", cascade = CascadeType.ALL)
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private List<PurchaseLine> lines = new ArrayList<>();

    protected Purchase() {}

    public Purchase(long id, Customer customer) {
        this.id = id;
        this.customer = customer;
        placed = FIRST_DAY.plusDays(id % 365);
        for (int number = 0; number < LINES; number++) {
            lines.add(new PurchaseLine(id * LINES + number, this, number + 1));
        }
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

    public Customer getCustomer() {
        return customer;
    }

    public List<PurchaseLine> getLines() {
        return lines;
    }
}
