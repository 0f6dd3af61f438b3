package dev.hearth.benchmarks.model;

import jakarta.persistence.Entity;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;

/** READ_WRITE with a natural id; query results hold all its columns, as is the default. */
@Entity
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
public class Customer extends Person {
    @NaturalId
    private String email;

    protected Customer() {}

    public Customer(long id) {
        super(id);
        email = emailOf(id);
    }

    /** The natural id of the customer with this id. */
    public static String emailOf(long id) {
        return "customer" + id + "@example.org";
    }

    public String getEmail() {
        return email;
    }
}
