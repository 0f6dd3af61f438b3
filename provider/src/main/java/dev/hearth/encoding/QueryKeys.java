package dev.hearth.encoding;

import java.util.Arrays;
import org.hibernate.cache.spi.QueryKey;
import org.jspecify.annotations.Nullable;

/**
 * Turns Hibernate's query keys into what Redis can hold. Never made of a hash code, since those differ between JVMs as soon
 * as an enum is among the parameters. Thread-safe.
 */
public final class QueryKeys {
    /* The canonical bytes: version, SQL, values (tenant, parameters, filters' parameters), first row, maximum of rows, names
     * of filters; all typed and self-delimiting, so keys that differ for Hibernate differ here. The order of the names is
     * kept: Hibernate sorts them, and if it did not, the filters' parameters would come in another order as well. */
    private static final String VERSION = "hearth query 1";
    private static final int CHECK_BYTES = 16;

    private QueryKeys() {}

    /**
     * The digest of a query key, or null if one of its parameters has no canonical form: such a query must not be cached.
     *
     * <p>Dates of the old kind mean different days in different default time zones, so their digests are only equal where
     * the zone agrees.
     */
    public static @Nullable QueryDigest digest(QueryKey key) {
        QueryKeyAccess access = Opened.ACCESS;
        @Nullable Object @Nullable [] values = access == null ? null : access.parametersOf(key);
        if (access == null || values == null) {
            return null;
        }
        KeyBytes bytes = new KeyBytes().text(VERSION);
        boolean canonical = QueryValues.write(access.sql().in(key), bytes)
                && QueryValues.write(values, bytes)
                && QueryValues.write(access.firstRow().in(key), bytes)
                && QueryValues.write(access.maxRows().in(key), bytes)
                && QueryValues.write(access.filters().in(key), bytes);
        return canonical ? digest(bytes) : null;
    }

    /**
     * Whether keys that are equal to this one, as Hibernate compares them, stand for the same query: a {@code Date} is equal
     * to a {@code Timestamp} of the same millisecond.
     */
    public static boolean equalityIsExact(QueryKey key) {
        QueryKeyAccess access = Opened.ACCESS;
        @Nullable Object @Nullable [] values = access == null ? null : access.parametersOf(key);
        return values != null && ImmutableValues.areAll(Arrays.asList(values));
    }

    /**
     * Whether the key has as many values as its SQL has places for. With {@code
     * hibernate.query.in_clause_parameter_padding} it may have fewer: then two lists of values can be divided in more than
     * one way, and queries that differ have equal keys.
     */
    public static boolean isUnpadded(QueryKey key) {
        QueryKeyAccess access = Opened.ACCESS;
        @Nullable Object @Nullable [] values = access == null ? null : access.parametersOf(key);
        String sql = sql(key);
        // The first value is the tenant.
        return values != null
                && sql != null
                && sql.chars().filter(c -> c == '?').count() == values.length - 1;
    }

    /** The key's SQL; null where query keys cannot be read. */
    public static @Nullable String sql(QueryKey key) {
        QueryKeyAccess access = Opened.ACCESS;
        return access != null && access.sql().in(key) instanceof String sql ? sql : null;
    }

    /**
     * Checks once, at start-up, that query keys can be read here at all. Where they cannot, {@link #digest} is always null.
     *
     * @throws IllegalStateException with the reason, for the user
     */
    public static void verify() {
        QueryKeyAccess.open();
        digest(new KeyBytes());
    }

    private static QueryDigest digest(KeyBytes bytes) {
        return new QueryDigest(bytes.sha256(), Arrays.copyOf(bytes.digest("SHA-512/256"), CHECK_BYTES));
    }

    /** Opened at the first use, so that {@link #verify} can say what is wrong. */
    private static final class Opened {
        static final @Nullable QueryKeyAccess ACCESS = open();

        private static @Nullable QueryKeyAccess open() {
            try {
                return QueryKeyAccess.open();
            } catch (IllegalStateException e) {
                return null;
            }
        }
    }
}
