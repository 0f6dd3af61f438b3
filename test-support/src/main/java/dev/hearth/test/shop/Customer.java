package dev.hearth.test.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.jspecify.annotations.Nullable;

/** READ_WRITE with a version, a natural id that may change, and a cached collection. */
@Entity
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
public class Customer {
    @Id
    private Long id;

    @Version
    private long version;

    @NaturalId(mutable = true)
    private String email;

    private String name;

    @ManyToOne(fetch = FetchType.LAZY)
    private @Nullable Country country;

    @OneToMany(mappedBy = "customer")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private List<Order> orders = new ArrayList<>();

    protected Customer() {}

    public Customer(long id, String email, String name, @Nullable Country country) {
        this.id = id;
        this.email = email;
        this.name = name;
        this.country = country;
    }

    public Long getId() {
        return id;
    }

    public long getVersion() {
        return version;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public @Nullable Country getCountry() {
        return country;
    }

    public List<Order> getOrders() {
        return orders;
    }
}
