package dev.hearth.benchmarks.model;

import jakarta.persistence.Entity;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.CacheLayout;
import org.hibernate.annotations.QueryCacheLayout;

/** As a customer, but of query results only the ids are cached. */
@Entity
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@QueryCacheLayout(layout = CacheLayout.SHALLOW)
public class Subscriber extends Person {
    protected Subscriber() {}

    public Subscriber(long id) {
        super(id);
    }
}
