package dev.hearth.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresExtensionIT {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @Test
    void givesAnEmptyDatabaseThatCanBeWritten() throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table written (id int)");
            statement.execute("insert into written values (42)");
            try (ResultSet rows = statement.executeQuery("select id from written")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(42);
            }
        }
    }

    @Test
    void databasesDoNotSeeEachOtherAndCanBeDropped() throws SQLException {
        Database other = PostgresServers.create();
        assertThat(other).isNotEqualTo(postgres.database());
        try (Connection stillOpen = other.dataSource().getConnection()) {
            assertThat(stillOpen.isValid(1)).isTrue();
            PostgresServers.drop(other);
        }
        assertThatThrownBy(() -> other.dataSource().getConnection().close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void refusesToGiveADatabaseOutsideATestClass() {
        assertThatThrownBy(() -> new PostgresExtension().database())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }
}
