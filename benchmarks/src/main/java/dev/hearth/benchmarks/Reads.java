package dev.hearth.benchmarks;

import dev.hearth.benchmarks.model.Customer;
import dev.hearth.benchmarks.model.Person;
import dev.hearth.benchmarks.model.Purchase;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.hibernate.FlushMode;
import org.hibernate.KeyType;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The operations that only read. Each checks that it got what it asked for. */
final class Reads {
    private Reads() {}

    static Operation idle(Application application) {
        return () -> application.inTransaction(session -> {});
    }

    /** Finds a random customer of the first so many by its id. */
    static Operation find(Application application, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return () -> {
            long id = random.nextLong(1, Data.PEOPLE + 1);
            application.inTransaction(session -> found(session.find(Customer.class, id)));
        };
    }

    static Operation findByNaturalId(Application application, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return () -> {
            String email = Customer.emailOf(random.nextLong(1, Data.PEOPLE + 1));
            application.inTransaction(session -> found(session.find(Customer.class, email, KeyType.NATURAL)));
        };
    }

    /** Finds a random order by its id and walks over its lines. */
    static Operation collection(Application application, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return () -> {
            long id = random.nextLong(1, Data.PURCHASES + 1);
            application.inTransaction(session -> lines(session, id));
        };
    }

    /** Runs a cacheable query that returns the first so many entities of a class. */
    static Operation query(Application application, Class<? extends Person> type, int results) {
        return () -> application.inTransaction(session -> queried(session, type, results));
    }

    /** As {@link #query}, in a transaction as Spring's {@code @Transactional(readOnly = true)} makes it. */
    static Operation readOnlyQuery(Application application, Class<? extends Person> type, int results) {
        return () -> application.inTransaction(session -> {
            session.setDefaultReadOnly(true);
            session.setHibernateFlushMode(FlushMode.MANUAL);
            queried(session, type, results);
        });
    }

    static void queried(Session session, Class<? extends Person> type, int results) {
        int size = session.createQuery("from " + type.getSimpleName() + " p where p.id <= :last", type)
                .setParameter("last", (long) results)
                .setCacheable(true)
                .getResultList()
                .size();
        if (size != results) {
            throw new IllegalStateException(results + " results were expected, but " + size + " came");
        }
    }

    /** Finds the first so many entities of a class, so that a cache holds them. */
    static Consumer<Session> all(Class<?> type, int last) {
        return session -> {
            for (long id = 1; id <= last; id++) {
                found(session.find(type, id));
            }
        };
    }

    static void lines(Session session, long id) {
        Purchase purchase = found(session.find(Purchase.class, id));
        int quantity = 0;
        for (var line : purchase.getLines()) {
            quantity += line.getQuantity();
        }
        if (quantity != Purchase.LINES * (Purchase.LINES + 1) / 2) {
            throw new IllegalStateException("Order " + id + " has lost lines: " + quantity + " pieces are left");
        }
    }

    private static <T> T found(@Nullable T entity) {
        if (entity == null) {
            throw new IllegalStateException("An entity was not found");
        }
        return entity;
    }
}
