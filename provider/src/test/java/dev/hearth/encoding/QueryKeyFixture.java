package dev.hearth.encoding;

import java.lang.reflect.Constructor;
import java.util.LinkedHashSet;
import java.util.List;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.cache.spi.QueryKey.ParameterBindingsMemento;
import org.hibernate.query.internal.QueryParameterBindingsImpl;

/** Query keys with whatever parameters, of Hibernate's own classes but made without a session. */
final class QueryKeyFixture {
    private static final Constructor<?> MEMENTO = memento();

    private QueryKeyFixture() {}

    /** The key of one statement with these parameters. */
    static QueryKey with(Object... values) {
        return of("select 1", null, null, List.of(), values);
    }

    static QueryKey of(String sql, Integer firstRow, Integer maxRows, List<String> filters, Object... values) {
        try {
            Object memento = MEMENTO.newInstance(values, 0);
            return new QueryKey(
                    sql, (ParameterBindingsMemento) memento, firstRow, maxRows, new LinkedHashSet<>(filters));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Constructor<?> memento() {
        try {
            Constructor<?> constructor = Class.forName(
                            QueryParameterBindingsImpl.class.getName() + "$ParameterBindingsMementoImpl")
                    .getDeclaredConstructor(Object[].class, int.class);
            constructor.setAccessible(true);
            return constructor;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
