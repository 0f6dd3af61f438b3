package dev.hearth.sample.web;

import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Counts the SQL statements that Hibernate prepares, for each thread by itself. */
final class SqlStatements implements StatementInspector {
    private static final ThreadLocal<long[]> COUNT = ThreadLocal.withInitial(() -> new long[1]);

    /** How many statements the current thread has prepared so far. */
    static long onThisThread() {
        return COUNT.get()[0];
    }

    @Override
    public String inspect(String sql) {
        COUNT.get()[0]++;
        return sql;
    }
}
