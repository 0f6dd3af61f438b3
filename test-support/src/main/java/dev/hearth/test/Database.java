package dev.hearth.test;

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

    /** The same server and user, another database. */
    Database named(String name) {
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        String parameters = query < 0 ? "" : url.substring(query);
        return new Database(path.substring(0, path.lastIndexOf('/') + 1) + name + parameters);
    }
}
