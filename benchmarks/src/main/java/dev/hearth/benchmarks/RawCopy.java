package dev.hearth.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hearth.benchmarks.WarmUpThroughput.Measured;
import dev.hearth.benchmarks.model.Subscriber;
import dev.hearth.test.Database;
import dev.hearth.test.RedisEndpoint;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The limit: rows by JDBC from a cursor, and for each as many bytes as its entry has, in pipelines over a bare socket. */
final class RawCopy {
    private static final int PAGE = 500;
    private static final int COLUMNS = 11;
    private static final String TTL_MILLIS = "1800000";
    private static final int BUFFER = 256 * 1024;
    private static final byte[] OK = "+OK\r\n".getBytes(US_ASCII);

    private final Database database;
    private final RedisEndpoint redis;
    private final byte[] entry;

    /** @param entryBytes how long an entry is, envelope and all */
    RawCopy(Database database, RedisEndpoint redis, int entryBytes) {
        this.entry = new byte[entryBytes];
        this.database = database;
        this.redis = redis;
    }

    Measured copy(int rows) throws SQLException, IOException {
        long begin = System.nanoTime();
        long stored = 0;
        try (Socket socket = new Socket(redis.host(), redis.port());
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            socket.setTcpNoDelay(true);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            connection.setAutoCommit(false);
            statement.setFetchSize(PAGE);
            try (ResultSet all = statement.executeQuery("select * from Subscriber")) {
                int open = 0;
                while (all.next()) {
                    for (int column = 1; column <= COLUMNS; column++) {
                        all.getObject(column);
                    }
                    set(out, all.getLong("id"));
                    if (++open == PAGE) {
                        stored += answers(out, in, open);
                        open = 0;
                    }
                }
                stored += answers(out, in, open);
            }
        }
        return new Measured("limit", rows, System.nanoTime() - begin, stored, 0);
    }

    /** The key of an entry, as Hearth has it. */
    static String key(long id) {
        return "hearth:{" + Subscriber.class.getName() + ".0}:" + id;
    }

    private void set(OutputStream out, long id) throws IOException {
        byte[] key = key(id).getBytes(US_ASCII);
        out.write(("*5\r\n$3\r\nSET\r\n$" + key.length + "\r\n").getBytes(US_ASCII));
        out.write(key);
        out.write(("\r\n$" + entry.length + "\r\n").getBytes(US_ASCII));
        out.write(entry);
        out.write(("\r\n$2\r\nPX\r\n$" + TTL_MILLIS.length() + "\r\n" + TTL_MILLIS + "\r\n").getBytes(US_ASCII));
    }

    private static int answers(OutputStream out, InputStream in, int open) throws IOException {
        out.flush();
        if (in.readNBytes(open * OK.length).length < open * OK.length) {
            throw new EOFException("Redis has answered too little");
        }
        return open;
    }
}
