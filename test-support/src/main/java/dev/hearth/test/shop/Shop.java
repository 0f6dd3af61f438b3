package dev.hearth.test.shop;

import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** The shop's entities and a little data. */
public final class Shop {
    /** Every entity class of the shop. */
    public static final List<Class<?>> ENTITIES = List.of(
            Country.class,
            Category.class,
            Product.class,
            Book.class,
            Toy.class,
            Customer.class,
            Order.class,
            OrderLine.class);

    private Shop() {}

    /**
     * Persists the same small shop every time: countries DE and FR; categories 1 (everything), 2 (books) and 3 (toys);
     * book 1, toy 2 and plain product 3; customers 1 (ada@example.org) and 2 (bob@example.org); order 1 of customer 1,
     * with two lines.
     */
    public static void fill(EntityManager entities) {
        Country germany = new Country("DE", "Germany");
        Country france = new Country("FR", "France");
        Category all = new Category(1, "Everything", null);
        Category books = new Category(2, "Books", all);
        Category toys = new Category(3, "Toys", all);
        Product book = new Book(1, "Dictionary", new BigDecimal("19.90"), books, "9780000000001");
        Product toy = new Toy(2, "Kite", new BigDecimal("12.50"), toys, 6);
        Product voucher = new Product(3, "Voucher", new BigDecimal("10.00"), null);
        Customer ada = new Customer(1, "ada@example.org", "Ada", germany);
        Customer bob = new Customer(2, "bob@example.org", "Bob", france);
        Order order = new Order(1, LocalDate.of(2026, 1, 2), ada);
        order.add(book, 1);
        order.add(toy, 2);
        List.of(germany, france, all, books, toys, book, toy, voucher, ada, bob, order)
                .forEach(entities::persist);
    }
}
