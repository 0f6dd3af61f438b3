package dev.hearth.sample.infra;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A PostgreSQL of the shop's own, for this machine only. It runs apart from this process and its terminal: Ctrl-C must
 * not take it away before Hibernate has closed.
 *
 * @param url where it listens, user included
 * @param data its data directory, which ends with it
 */
record EmbeddedPostgres(String url, Path data) {
    private static final int WISHED_PORT = 15_432;
    private static final int CONNECT_SECONDS = 2;

    /** Creates and starts a server; returns once it accepts connections. */
    static EmbeddedPostgres start() throws IOException {
        Path data = TempFiles.fresh("shop-postgres");
        Unprivileged.run(List.of(
                program("initdb"),
                "--pgdata=" + data,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync"));
        int port = Ports.freeOnLoopback(WISHED_PORT);
        Unprivileged.run(List.of(
                program("pg_ctl"),
                "start",
                "--wait",
                "--silent",
                "--pgdata=" + data,
                "--log=" + data.resolve("server.log"),
                // The data is temporary: nothing of it has to survive a crash of the machine.
                "--options=-F -p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                        + " -c full_page_writes=off -c synchronous_commit=off"));
        return new EmbeddedPostgres("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres", data);
    }

    /** Whether this very server, and not another at its address, accepts connections. */
    boolean answers() {
        try (Connection connection = DriverManager.getConnection(url + "&loginTimeout=" + CONNECT_SECONDS);
                Statement statement = connection.createStatement();
                ResultSet directory = statement.executeQuery("show data_directory")) {
            return directory.next() && directory.getString(1).equals(data.toString());
        } catch (SQLException e) {
            return false;
        }
    }

    /** Stops the server, whoever is connected, and deletes its data. */
    void stop() throws IOException {
        Unprivileged.run(List.of(program("pg_ctl"), "stop", "--wait", "--silent", "--mode=fast", "--pgdata=" + data));
        TempFiles.delete(data);
    }

    private static String program(String name) throws IOException {
        return PostgresBinaries.locate().resolve("bin").resolve(name).toString();
    }
}
