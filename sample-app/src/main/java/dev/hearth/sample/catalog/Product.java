package dev.hearth.sample.catalog;

import dev.hearth.warming.Priority;
import dev.hearth.warming.Warm;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;

/** Something to buy. Its SKU never changes; its price and stock do. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
@Warm(priority = Priority.CRITICAL, orderBy = "id", limit = 1_000, naturalIds = true)
public class Product {
    @Id
    private long id;

    @Version
    private int version;

    @NaturalId
    private String sku;

    private String name;

    private BigDecimal price;

    private int stock;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Category category;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected Product() {}

    public long getId() {
        return id;
    }

    public String getSku() {
        return sku;
    }

    public String getName() {
        return name;
    }

    public BigDecimal getPrice() {
        return price;
    }

    public int getStock() {
        return stock;
    }

    public Category getCategory() {
        return category;
    }

    void setPrice(BigDecimal price) {
        this.price = price;
    }

    /** Takes pieces from the stock; answers false, and takes none, if there are too few. */
    public boolean take(int pieces) {
        if (pieces > stock) {
            return false;
        }
        stock -= pieces;
        return true;
    }
}
