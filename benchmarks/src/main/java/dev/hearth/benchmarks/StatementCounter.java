package dev.hearth.benchmarks;

import java.util.concurrent.atomic.LongAdder;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Counts the SQL statements that Hibernate prepares, and costs nothing where there are none. */
final class StatementCounter implements StatementInspector {
    private static final long serialVersionUID = 1;

    private final LongAdder total = new LongAdder();

    @Override
    public String inspect(String sql) {
        total.increment();
        return sql;
    }

    long total() {
        return total.sum();
    }
}
