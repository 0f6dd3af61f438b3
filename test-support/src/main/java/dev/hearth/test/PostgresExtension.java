package dev.hearth.test;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class an empty database of its own on the shared PostgreSQL.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final PostgresExtension postgres = new PostgresExtension();
 * }</pre>
 */
public final class PostgresExtension implements BeforeAllCallback, AfterAllCallback {
    private @Nullable Database database;

    @Override
    public void beforeAll(ExtensionContext context) {
        database = PostgresServers.create();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (database != null) {
            PostgresServers.drop(database);
            database = null;
        }
    }

    /** The database of the running test class. */
    public Database database() {
        if (database == null) {
            throw new IllegalStateException("There is a database only while a test class runs;"
                    + " is this extension a static field with @RegisterExtension?");
        }
        return database;
    }

    /** A JDBC URL that holds user and password as well. */
    public String url() {
        return database().url();
    }

    /** A source of new, unpooled connections. */
    public DataSource dataSource() {
        return database().dataSource();
    }
}
