package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.Nodes;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Order;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every way to change what another node keeps near, and strictly: when the change has returned, that node does not serve
 * what was before, although it hears of everything late. The node that changes keeps nothing itself.
 */
final class NearChangesIT {
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration LATENCY = Duration.ofMillis(150);

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            1, builder -> NearPair.settings(builder, LEASE).setting(Nodes.NEAR, "off"));

    private static final AtomicLong IDS = new AtomicLong();
    private static NearPair pair;
    private final CachingNode writer = pair.writer();
    private final CachingNode keeper = pair.keeper();
    private final long id = IDS.incrementAndGet();

    /** A way to give a product another name. */
    enum Change {
        UPDATE {
            @Override
            void make(SessionFactory factory, long id) {
                factory.inTransaction(session -> session.find(Product.class, id).setName("Box kite"));
            }
        },
        AFTER_A_FLUSH {
            @Override
            void make(SessionFactory factory, long id) {
                factory.inTransaction(session -> {
                    session.find(Product.class, id).setName("Sled kite");
                    session.flush();
                    session.find(Product.class, id).setName("Box kite");
                });
            }
        },
        BULK_HQL {
            @Override
            void make(SessionFactory factory, long id) {
                factory.inTransaction(
                        session -> session.createMutationQuery("update Product set name = 'Box kite' where id = " + id)
                                .executeUpdate());
            }
        },
        NATIVE_SQL_THAT_NAMES_ITS_ENTITY {
            @Override
            void make(SessionFactory factory, long id) {
                factory.inTransaction(session -> session.createNativeQuery(sql(id))
                        .addSynchronizedEntityClass(Product.class)
                        .executeUpdate());
            }
        },
        NATIVE_SQL_THAT_NAMES_NOTHING {
            @Override
            void make(SessionFactory factory, long id) {
                factory.inTransaction(
                        session -> session.createNativeMutationQuery(sql(id)).executeUpdate());
            }
        },
        STATELESS {
            @Override
            void make(SessionFactory factory, long id) {
                factory.inStatelessTransaction(session -> update(session, id));
            }
        },
        STATELESS_WITHOUT_TRANSACTION {
            @Override
            void make(SessionFactory factory, long id) {
                try (StatelessSession session = factory.openStatelessSession()) {
                    update(session, id);
                }
            }
        },
        STATELESS_BULK_HQL {
            @Override
            void make(SessionFactory factory, long id) {
                factory.inStatelessTransaction(
                        session -> session.createMutationQuery("update Product set name = 'Box kite' where id = " + id)
                                .executeUpdate());
            }
        },
        DELETE_AND_INSERT {
            @Override
            void make(SessionFactory factory, long id) {
                factory.inTransaction(session -> session.remove(session.find(Product.class, id)));
                factory.inTransaction(session -> session.persist(new Product(id, "Box kite", BigDecimal.ONE, null)));
            }
        };

        abstract void make(SessionFactory factory, long id);

        private static void update(StatelessSession session, long id) {
            Product product = session.get(Product.class, id);
            product.setName("Box kite");
            session.update(product);
        }

        static String sql(long id) {
            return "update Product set name = 'Box kite' where id = " + id;
        }
    }

    @BeforeAll
    static void start() {
        pair = NearPair.with(nodes, builder -> NearPair.settings(builder, LEASE));
        NearNodes.awaitTrust(pair.keeper());
        pair.proxy().subscriptions().delay(LATENCY);
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @ParameterizedTest
    @EnumSource
    void anEntityIsNotServedAsItWas(Change change) {
        fillProduct();
        pair.awaitKept(product(), "Kite");

        change.make(writer.sessionFactory(), id);

        assertThat(keeper.fixture().fromTransaction(product())).isEqualTo("Box kite");
    }

    @ParameterizedTest
    @EnumSource
    void aQueryIsNotAnsweredAsItWas(Change change) {
        fillProduct();
        pair.awaitKept(names(), "Kite");

        change.make(writer.sessionFactory(), id);

        assertThat(keeper.fixture().fromTransaction(names())).isEqualTo("Box kite");
    }

    @Test
    void aCollectionIsNotServedAsItWas() {
        fillCustomer();
        Function<Session, Integer> orders =
                session -> session.find(Customer.class, id).getOrders().size();
        pair.awaitKept(orders, 1);

        writer.fixture().inTransaction(session -> {
            Customer customer = session.find(Customer.class, id);
            Order order = new Order(1_000 + id, LocalDate.of(2026, 1, 2), customer);
            customer.getOrders().add(order);
            session.persist(order);
        });

        assertThat(keeper.fixture().fromTransaction(orders)).isEqualTo(2);
    }

    @Test
    void aNaturalIdIsNotResolvedAsItWas() {
        fillCustomer();
        Function<Session, Boolean> resolved =
                session -> session.bySimpleNaturalId(Customer.class).load(mail()) != null;
        pair.awaitKept(resolved, true);

        writer.fixture()
                .inTransaction(session -> session.find(Customer.class, id).setEmail("grace" + id + "@example.org"));

        assertThat(keeper.fixture().fromTransaction(resolved)).isFalse();
    }

    /* An eviction announces nothing: what has changed without Hibernate has been stale before. */
    @Test
    void anEvictionIsHeardByTheOtherNode() throws SQLException {
        fillProduct();
        pair.awaitKept(product(), "Kite");
        execute(Change.sql(id));
        assertThat(NearPair.ifNear(keeper, product())).isEqualTo("Kite");

        writer.sessionFactory().getCache().evictAll();

        Waiting.until(
                "the eviction is heard",
                () -> "Box kite".equals(keeper.fixture().fromTransaction(product())));
    }

    private void fillProduct() {
        writer.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
    }

    private void fillCustomer() {
        writer.inTransaction(session -> {
            Customer customer = new Customer(id, mail(), "Ada", null);
            session.persist(customer);
            session.persist(new Order(id, LocalDate.of(2026, 1, 2), customer));
        });
    }

    private String mail() {
        return "ada" + id + "@example.org";
    }

    private Function<Session, String> product() {
        return session -> session.find(Product.class, id).getName();
    }

    private Function<Session, String> names() {
        return session -> session.createQuery("select name from Product where id = " + id, String.class)
                .setCacheable(true)
                .getSingleResult();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = nodes.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
