package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.Database;
import dev.hearth.test.SqlCounter;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tenants with tables of their own behind one session factory: one id, two rows, two entries. */
final class TenantsIT {
    private static final String RED = "red";
    private static final String BLUE = "blue";

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            2,
            builder -> builder.entities(Parcel.class)
                    .keepSchema()
                    .setting(MultiTenancySettings.MULTI_TENANT_CONNECTION_PROVIDER, new Schemas()));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode node = nodes.get(0);
    private final CachingNode other = nodes.get(1);
    private final long id = IDS.incrementAndGet();

    @BeforeAll
    static void createTables() {
        for (String tenant : new String[] {RED, BLUE}) {
            Sql.execute(nodes.database(), "create schema " + tenant);
            Sql.execute(nodes.database(), "create table " + tenant + ".Parcel (id bigint primary key, label text)");
        }
    }

    @BeforeEach
    void persist() {
        inTransaction(node, RED, session -> session.persist(new Parcel(id, "a red one")));
        inTransaction(node, BLUE, session -> session.persist(new Parcel(id, "a blue one")));
    }

    @Test
    void eachTenantIsServedItsOwnRow() {
        assertCached(other, RED, "a red one");
        assertCached(other, BLUE, "a blue one");
    }

    @Test
    void anUpdateForOneTenantLeavesTheOthersEntry() {
        inTransaction(node, RED, session -> session.find(Parcel.class, id).label = "a redder one");

        assertCached(other, RED, "a redder one");
        assertCached(other, BLUE, "a blue one");
    }

    @Test
    void eachTenantIsServedTheResultOfItsOwnQuery() {
        for (CachingNode each : new CachingNode[] {node, other}) {
            for (int i = 0; i < 3; i++) {
                each.awaitStamp();
                assertThat(labels(each, RED)).isEqualTo("[a red one]");
                assertThat(labels(each, BLUE)).isEqualTo("[a blue one]");
                each.settle();
            }
        }
        assertThat(other.fixture().statistics().getQueryCacheHitCount()).isPositive();
    }

    private String labels(CachingNode asked, String tenant) {
        String[] labels = new String[1];
        inTransaction(
                asked,
                tenant,
                session -> labels[0] = session.createQuery("select label from Parcel where id = " + id, String.class)
                        .setCacheable(true)
                        .list()
                        .toString());
        return labels[0];
    }

    /* Hibernate makes the key of such an eviction without a tenant: docs/limitations.md. */
    @Test
    void anEvictionByIdReachesNoTenantsEntryAndContainsSeesNone() {
        assertThat(node.cache().contains(Parcel.class, id)).isFalse();

        node.cache().evictEntityData(Parcel.class, id);

        assertCached(other, RED, "a red one");
        assertCached(other, BLUE, "a blue one");
    }

    @Test
    void anEvictionOfTheClassReachesAllTenants() {
        node.cache().evict(Parcel.class);

        assertThat(isCached(other, RED, "a red one")).isFalse();
        assertThat(isCached(other, BLUE, "a blue one")).isFalse();
    }

    private void assertCached(CachingNode at, String tenant, String label) {
        assertThat(isCached(at, tenant, label)).as("from the cache").isTrue();
    }

    /** Asserts what the tenant reads, and answers whether that took no SQL. */
    private boolean isCached(CachingNode at, String tenant, String label) {
        SqlCounter sql = at.sql();
        long before = sql.ofThisThread();
        at.awaitStamp();
        try (Session session = at.sessionFactory()
                .withOptions()
                .tenantIdentifier((Object) tenant)
                .openSession()) {
            assertThat(session.find(Parcel.class, id).label).isEqualTo(label);
        }
        at.settle();
        return sql.ofThisThread() == before;
    }

    private static void inTransaction(CachingNode at, String tenant, Consumer<Session> work) {
        at.awaitStamp();
        try (Session session = at.sessionFactory()
                .withOptions()
                .tenantIdentifier((Object) tenant)
                .openSession()) {
            session.beginTransaction();
            work.accept(session);
            session.getTransaction().commit();
        }
        at.settle();
    }

    @Entity(name = "Parcel")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Parcel {
        @Id
        private Long id;

        private String label;

        protected Parcel() {}

        Parcel(long id, String label) {
            this.id = id;
            this.label = label;
        }
    }

    /** A schema for each tenant. */
    private static final class Schemas implements MultiTenantConnectionProvider<String> {
        private static final long serialVersionUID = 1L;

        private static Database database() {
            return nodes.database();
        }

        @Override
        public Connection getAnyConnection() throws SQLException {
            return database().dataSource().getConnection();
        }

        @Override
        public Connection getConnection(String tenant) throws SQLException {
            Connection connection = getAnyConnection();
            connection.setSchema(tenant);
            return connection;
        }

        @Override
        public void releaseAnyConnection(Connection connection) throws SQLException {
            connection.close();
        }

        @Override
        public void releaseConnection(String tenant, Connection connection) throws SQLException {
            connection.close();
        }

        @Override
        public boolean supportsAggressiveRelease() {
            return false;
        }

        @Override
        public boolean isUnwrappableAs(Class<?> type) {
            return false;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException("A schema for each tenant is no " + type.getName());
        }
    }
}
