package dev.hearth.encoding;

import java.util.Set;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.cache.spi.QueryKey.ParameterBindingsMemento;
import org.hibernate.query.internal.QueryParameterBindingsImpl;
import org.jspecify.annotations.Nullable;

/** Takes Hibernate's query keys apart, which have no getters. */
record QueryKeyAccess(
        PrivateField sql,
        PrivateField memento,
        PrivateField firstRow,
        PrivateField maxRows,
        PrivateField filters,
        Class<?> mementoClass,
        PrivateField values) {
    /* Named so from Hibernate 7.0 to 7.4. A field more may be a difference between keys that we would not see, so with
     * such a Hibernate no query is cached. */
    private static final Set<String> KEY_FIELDS =
            Set.of("sqlQueryString", "parameterBindingsMemento", "firstRow", "maxRows", "enabledFilterNames");

    private static final Set<String> MEMENTO_FIELDS = Set.of("values", "hashCode");

    /** Opens the fields; the message of the exception is for the user. */
    static QueryKeyAccess open() {
        try {
            Class<?> memento = findMementoClass();
            expect(KEY_FIELDS, QueryKey.class);
            expect(MEMENTO_FIELDS, memento);
            return new QueryKeyAccess(
                    PrivateField.of(QueryKey.class, "sqlQueryString", String.class),
                    PrivateField.of(QueryKey.class, "parameterBindingsMemento", ParameterBindingsMemento.class),
                    PrivateField.of(QueryKey.class, "firstRow", Integer.class),
                    PrivateField.of(QueryKey.class, "maxRows", Integer.class),
                    PrivateField.of(QueryKey.class, "enabledFilterNames", String[].class),
                    memento,
                    PrivateField.of(memento, "values", Object[].class));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "Query results cannot be cached, since the query keys of this version of Hibernate cannot be read ("
                            + e.getMessage()
                            + "); known are those of Hibernate 7.0 to 7.4",
                    e);
        }
    }

    private static Class<?> findMementoClass() throws ClassNotFoundException {
        for (Class<?> nested : QueryParameterBindingsImpl.class.getDeclaredClasses()) {
            if (ParameterBindingsMemento.class.isAssignableFrom(nested)) {
                return nested;
            }
        }
        throw new ClassNotFoundException("no class of " + QueryParameterBindingsImpl.class.getName() + " is a memento");
    }

    private static void expect(Set<String> fields, Class<?> owner) throws NoSuchFieldException {
        Set<String> found = PrivateField.namesIn(owner);
        if (!found.equals(fields)) {
            throw new NoSuchFieldException(owner.getName() + " has the fields " + found);
        }
    }

    /** The values of the parameters, the tenant first and those of the filters last; null if they cannot be known. */
    @Nullable
    Object @Nullable [] parametersOf(QueryKey key) {
        Object found = memento.in(key);
        return mementoClass.isInstance(found) ? (@Nullable Object[]) values.in(found) : null;
    }
}
