package dev.hearth.sample.infra;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.stereotype.Component;

/** Fills an empty database before the first request arrives. */
@Component
final class ShopData implements SmartInitializingSingleton {
    private static final Logger log = LoggerFactory.getLogger(ShopData.class);
    private static final long ADVISORY_LOCK = 0x4865_6172_7468L;

    private final DataSource dataSource;
    private final SessionFactory sessionFactory;

    ShopData(DataSource dataSource, SessionFactory sessionFactory) {
        this.dataSource = dataSource;
        this.sessionFactory = sessionFactory;
    }

    @Override
    public void afterSingletonsInstantiated() {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // Instances that start together on an empty database: one fills it, the others wait.
                statement.execute("select pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
                if (!isEmpty(statement)) {
                    return;
                }
            }
            fill(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("The shop's database cannot be filled", e);
        }
        // These rows did not go through Hibernate, and the Redis may have served an earlier database.
        sessionFactory.getCache().evictAllRegions();
    }

    private static boolean isEmpty(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("select to_regclass('order_line') is null")) {
            result.next();
            return result.getBoolean(1);
        }
    }

    private static void fill(Connection connection) throws SQLException {
        long started = System.nanoTime();
        ScriptUtils.executeSqlScript(connection, new ClassPathResource("schema.sql"));
        new ShopRows(connection).write();
        ScriptUtils.executeSqlScript(connection, new ClassPathResource("references.sql"));
        log.info("The shop is filled, in {} ms", (System.nanoTime() - started) / 1_000_000);
    }
}
