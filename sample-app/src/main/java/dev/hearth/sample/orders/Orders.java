package dev.hearth.sample.orders;

import dev.hearth.sample.catalog.Product;
import dev.hearth.sample.web.Problems;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.hibernate.Session;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Shows, takes and cancels orders. */
@Service
@Transactional(readOnly = true)
class Orders {
    private final Session session;
    private final CustomerRepository customers;
    private final Clock clock;

    Orders(Session session, CustomerRepository customers, Clock clock) {
        this.session = session;
        this.customers = customers;
        this.clock = clock;
    }

    /** The first of those whose name begins so, whatever its case. */
    List<Name> customers(String beginning) {
        return customers.findFirst20ByNameStartingWithIgnoreCaseOrderByNameAscIdAsc(beginning).stream()
                .map(customer -> new Name(customer.getId(), customer.getName()))
                .toList();
    }

    record Name(long id, String name) {}

    CustomerView customer(long id) {
        return CustomerView.of(find(Customer.class, id));
    }

    OrderView order(long id) {
        return OrderView.of(find(Order.class, id));
    }

    @Transactional
    OrderView place(long customerId, List<Item> items) {
        Customer customer = find(Customer.class, customerId);
        Order order = new Order(customer, now());
        for (Item item : items) {
            Product product = find(Product.class, item.product());
            if (!product.take(item.quantity())) {
                throw Problems.conflict(
                        "of product " + product.getId() + " there are only " + product.getStock() + " left");
            }
            order.add(product, item.quantity());
        }
        customer.getOrders().add(order);
        session.persist(order);
        return OrderView.of(order);
    }

    @Transactional
    void cancel(long id) {
        Order order = find(Order.class, id);
        order.getCustomer().getOrders().remove(order);
        session.remove(order);
    }

    /** In microseconds, as the database keeps it: the entity must equal what is read back. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private <T> T find(Class<T> type, long id) {
        T found = session.find(type, id);
        if (found == null) {
            throw Problems.notFound(type.getSimpleName().toLowerCase(Locale.ROOT), id);
        }
        return found;
    }
}
