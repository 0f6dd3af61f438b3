package dev.hearth.sample.catalog;

import dev.hearth.warming.Priority;
import dev.hearth.warming.Warm;
import dev.hearth.warming.WarmQuery;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.QueryHint;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.jpa.HibernateHints;

/** A shelf of the shop. */
@Entity
@Cacheable
@NamedQuery(
        name = Category.ALL,
        query = "from Category order by id",
        hints = @QueryHint(name = HibernateHints.HINT_CACHEABLE, value = "true"))
@Warm(priority = Priority.CRITICAL)
@WarmQuery(value = Category.ALL, priority = Priority.HIGH)
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Category {
    static final String ALL = "Category.all";

    @Id
    private long id;

    @Version
    private int version;

    private String name;

    @OneToMany(mappedBy = "category")
    @OrderBy("id")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private List<Product> products = new ArrayList<>();

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected Category() {}

    public long getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public List<Product> getProducts() {
        return products;
    }
}
