package dev.hearth.test;

import java.net.InetSocketAddress;
import java.net.URI;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL database.
 *
 * @param url a JDBC URL that holds user and password as well
 */
public record Database(String url) {
    /** A source of new, unpooled connections. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    /** Where the server listens. */
    InetSocketAddress address() {
        URI server = URI.create(url.substring("jdbc:".length()));
        return new InetSocketAddress(server.getHost(), server.getPort());
    }

    /** The same database, reached through a proxy in front of its server. */
    public Database through(FaultProxy proxy) {
        InetSocketAddress server = address();
        return new Database(url.replace(server.getHostString() + ":" + server.getPort(), "127.0.0.1:" + proxy.port()));
    }

    /** The same server and user, another database. */
    Database named(String name) {
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        String parameters = query < 0 ? "" : url.substring(query);
        return new Database(path.substring(0, path.lastIndexOf('/') + 1) + name + parameters);
    }
}
