package dev.hearth.test;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistry;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.stat.Statistics;

/** One node: a session factory with its own connection pool, as one process of an application has them. */
public final class NodeFixture implements AutoCloseable {
    private final HikariDataSource pool;
    private final SessionFactory sessionFactory;
    private final SqlCounter sql;

    private NodeFixture(HikariDataSource pool, SessionFactory sessionFactory, SqlCounter sql) {
        this.pool = pool;
        this.sessionFactory = sessionFactory;
        this.sql = sql;
    }

    static NodeFixture start(
            Database database,
            int poolSize,
            Duration connectionTimeout,
            Map<String, Object> settings,
            List<Class<?>> entities,
            ClassLoader loader) {
        HikariDataSource pool = pool(database, poolSize, connectionTimeout);
        SqlCounter sql = new SqlCounter();
        Map<String, Object> all = new HashMap<>();
        all.put("hibernate.connection.datasource", pool);
        all.put("hibernate.session_factory.statement_inspector", sql);
        all.put("hibernate.cache.use_second_level_cache", "true");
        all.put("hibernate.cache.use_query_cache", "true");
        all.put("hibernate.generate_statistics", "true");
        all.putAll(settings);
        all.values().removeIf(value -> value == Nodes.UNSET);
        try {
            return new NodeFixture(pool, build(all, entities, loader), sql);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static HikariDataSource pool(Database database, int size, Duration timeout) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(timeout.toMillis());
        return new HikariDataSource(config);
    }

    private static SessionFactory build(Map<String, Object> settings, List<Class<?>> entities, ClassLoader loader) {
        BootstrapServiceRegistry bootstrap =
                new BootstrapServiceRegistryBuilder().applyClassLoader(loader).build();
        StandardServiceRegistry registry = new StandardServiceRegistryBuilder(bootstrap)
                .applySettings(settings)
                .build();
        try {
            MetadataSources sources = new MetadataSources(registry);
            entities.forEach(sources::addAnnotatedClass);
            return sources.buildMetadata().buildSessionFactory();
        } catch (RuntimeException e) {
            StandardServiceRegistryBuilder.destroy(registry);
            throw e;
        }
    }

    public SessionFactory sessionFactory() {
        return sessionFactory;
    }

    /** The same session factory, as Hibernate's own code sees it. */
    public SessionFactoryImplementor implementor() {
        return sessionFactory.unwrap(SessionFactoryImplementor.class);
    }

    /** The statements that this node prepared. */
    public SqlCounter sql() {
        return sql;
    }

    public Statistics statistics() {
        return sessionFactory.getStatistics();
    }

    /** Does the work in a transaction of its own, in a session of its own. */
    public void inTransaction(Consumer<Session> work) {
        sessionFactory.inTransaction(work);
    }

    /** As {@link #inTransaction}, with an answer. */
    public <T> T fromTransaction(Function<Session, T> work) {
        return sessionFactory.fromTransaction(work);
    }

    @Override
    public void close() {
        try {
            sessionFactory.close();
        } finally {
            pool.close();
        }
    }
}
