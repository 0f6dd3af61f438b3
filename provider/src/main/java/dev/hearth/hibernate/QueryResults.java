package dev.hearth.hibernate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hearth.encoding.EntryCodecs;
import dev.hearth.encoding.EntryLimits;
import dev.hearth.encoding.QueryDigest;
import dev.hearth.encoding.QueryKeys;
import dev.hearth.encoding.ResultCodec;
import java.util.Set;
import java.util.function.Supplier;
import org.hibernate.cache.spi.QueryKey;
import org.jspecify.annotations.Nullable;

/** What is known of one session factory's queries, for the results of one region. Safe for concurrent use. */
final class QueryResults {
    /** There are about as many as there are shapes of queries. */
    private static final int SHAPES = 10_000;

    private static final int QUERIES = 10_000;

    private final Supplier<EntryCodecs> codecs;
    private final EntryLimits limits;
    private final boolean padding;
    /* Making a digest takes longer than all the rest of a near hit; Hibernate's keys are made to be kept. */
    private final Cache<QueryKey, QueryDigest> digests =
            Caffeine.newBuilder().maximumSize(QUERIES).build();
    private final Cache<Set<String>, ResultCodec> codecsByTables =
            Caffeine.newBuilder().maximumSize(SHAPES).build();
    private final Cache<String, Set<String>> tablesBySql =
            Caffeine.newBuilder().maximumSize(SHAPES).build();

    /** @param padding whether lists of values are padded, so that keys of different queries can be equal */
    QueryResults(Supplier<EntryCodecs> codecs, EntryLimits limits, boolean padding) {
        this.codecs = codecs;
        this.limits = limits;
        this.padding = padding;
    }

    /** What identifies the query on every node; null if nothing does. */
    @Nullable
    QueryDigest digest(QueryKey key) {
        QueryDigest known = digests.getIfPresent(key);
        if (known == null) {
            known = padding && !QueryKeys.isUnpadded(key) ? null : QueryKeys.digest(key);
            if (known != null && QueryKeys.equalityIsExact(key)) {
                digests.put(key, known);
            }
        }
        return known;
    }

    /** The codec for results over these tables, whose fingerprint covers all that is mapped to them. */
    ResultCodec codec(Set<String> tables) {
        ResultCodec known = codecsByTables.getIfPresent(tables);
        if (known == null) {
            known = codecs.get().forResults(tables, limits);
            codecsByTables.put(Set.copyOf(tables), known);
        }
        return known;
    }

    /** A query of this text reads these tables. */
    void learn(QueryKey key, Set<String> tables) {
        String sql = QueryKeys.sql(key);
        if (sql != null && tablesBySql.getIfPresent(sql) == null) {
            tablesBySql.put(sql, Set.copyOf(tables));
        }
    }

    /** The tables that a query of this text was last known to read; none, which stands for all, if that is not known. */
    Set<String> learned(QueryKey key) {
        String sql = QueryKeys.sql(key);
        Set<String> tables = sql == null ? null : tablesBySql.getIfPresent(sql);
        return tables == null ? Set.of() : tables;
    }
}
