package dev.hearth.test.shop;

import jakarta.persistence.Entity;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A product with an ISBN. */
@Entity
public class Book extends Product {
    private String isbn;

    protected Book() {}

    public Book(long id, String name, BigDecimal price, @Nullable Category category, String isbn) {
        super(id, name, price, category);
        this.isbn = isbn;
    }

    public String getIsbn() {
        return isbn;
    }
}
