package dev.hearth.hibernate;

import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.jdbc.TransactionalDriver;
import com.arjuna.ats.jdbc.common.jdbcPropertyManager;
import com.arjuna.ats.jta.TransactionManager;
import com.arjuna.ats.jta.UserTransaction;
import dev.hearth.test.Database;
import dev.hearth.test.Nodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.transaction.jta.platform.internal.AbstractJtaPlatform;
import org.postgresql.xa.PGXADataSource;

/** A real transaction manager, and a database that takes part in its transactions. */
final class JtaFixture {
    private JtaFixture() {}

    static Nodes.Builder configure(Nodes.Builder nodes, Database database) {
        keepLogsIn(temporaryDirectory());
        jdbcPropertyManager.getJDBCEnvironmentBean().setIsolationLevel(Connection.TRANSACTION_READ_COMMITTED);
        return nodes.setting("hibernate.transaction.coordinator_class", "jta")
                .setting("hibernate.transaction.jta.platform", new Platform())
                .setting("hibernate.connection.provider_class", new EnlistedConnections(database));
    }

    private static void keepLogsIn(Path directory) {
        arjPropertyManager.getObjectStoreEnvironmentBean().setObjectStoreDir(directory.toString());
    }

    private static Path temporaryDirectory() {
        try {
            Path directory = Files.createTempDirectory("hearth-jta-");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where Hibernate finds the transaction manager. */
    private static final class Platform extends AbstractJtaPlatform {
        private static final long serialVersionUID = 1L;

        @Override
        protected jakarta.transaction.TransactionManager locateTransactionManager() {
            return TransactionManager.transactionManager();
        }

        @Override
        protected jakarta.transaction.UserTransaction locateUserTransaction() {
            return UserTransaction.userTransaction();
        }
    }

    /** Connections that join the thread's JTA transaction, if there is one. */
    private static final class EnlistedConnections implements ConnectionProvider {
        private static final long serialVersionUID = 1L;

        private final transient TransactionalDriver driver = new TransactionalDriver();
        private final transient PGXADataSource source = new PGXADataSource();

        EnlistedConnections(Database database) {
            source.setUrl(database.url());
        }

        @Override
        public Connection getConnection() throws SQLException {
            Properties properties = new Properties();
            properties.put(TransactionalDriver.XADataSource, source);
            return driver.connect(TransactionalDriver.arjunaDriver, properties);
        }

        @Override
        public void closeConnection(Connection connection) throws SQLException {
            connection.close();
        }

        @Override
        public boolean supportsAggressiveRelease() {
            return true;
        }

        @Override
        public boolean isUnwrappableAs(Class<?> type) {
            return false;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException(type.getName());
        }
    }
}
