package dev.hearth.test.shop;

import jakarta.persistence.Entity;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A product with a minimum age in years. */
@Entity
public class Toy extends Product {
    private int minimumAge;

    protected Toy() {}

    public Toy(long id, String name, BigDecimal price, @Nullable Category category, int minimumAge) {
        super(id, name, price, category);
        this.minimumAge = minimumAge;
    }

    public int getMinimumAge() {
        return minimumAge;
    }
}
