package dev.hearth.hibernate;

import dev.hearth.test.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Statements that no cache hears of. */
final class Sql {
    private Sql() {}

    static void execute(Database database, String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Failed: " + sql, e);
        }
    }
}
