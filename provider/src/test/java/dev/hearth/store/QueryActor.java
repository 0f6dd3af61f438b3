package dev.hearth.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of those who act on the tables and a result over them.
 *
 * @param stamp the session stamp, or that of the result seen, or up to which a sweep goes, in microseconds
 * @param server the server that was the master when the session began
 * @param seen the versions that were read
 * @param knew the table hash as it was read
 */
record QueryActor(
        Kind kind,
        Place place,
        long stamp,
        int server,
        String seen,
        @Nullable StoredTables knew) {
    enum Kind {
        /** Takes a session stamp, runs the query, puts the result or not. */
        QUERY,
        /** A query whose stamp lies beyond every time of the server. */
        QUERY_FROM_THE_FUTURE,
        /** Announces table a, takes its row, commits or rolls back, and settles or dies. */
        WRITER("a"),
        /** A writer of table b. */
        WRITER_OF_B("b"),
        /** Announces table a, takes its row, announces table b as the next flush does, takes its row, and so on. */
        WRITER_OF_BOTH("a", "b"),
        /** A writer of table a that sweeps after its settle, at any later moment. */
        SWEEPING_WRITER("a"),
        /** Reads the result, then the tables, as it may be told by two servers; what is stale it removes, any time later. */
        READER,
        /** Reads the tables, then the result. */
        READER_OF_TABLES_FIRST,
        REGION_EVICT,
        CLEAR,
        /** Changes table a behind the cache's back, then settles it for no transaction. */
        OUTSIDE_SETTLE("a"),
        /** As {@link #OUTSIDE_SETTLE}, then clears all tables. */
        OUTSIDE_CLEAR("a"),
        /** As {@link #OUTSIDE_SETTLE}, then evicts the query region. */
        OUTSIDE_REGION_EVICT("a");

        private final List<String> tables;

        Kind(String... tables) {
            this.tables = List.of(tables);
        }

        /** The tables whose rows it changes. */
        List<String> tables() {
            return tables;
        }
    }

    enum Place {
        START,
        BEGUN,
        LOADED,
        ANNOUNCED,
        IN_ROW,
        BOTH_ANNOUNCED,
        IN_BOTH_ROWS,
        /* Committed or rolled back: the writer's own part is the same. */
        COMPLETED,
        DEAD,
        SETTLED,
        LOOKED,
        FOUND_STALE,
        /** Has served what was not committed at any moment of its reading. */
        MISLED,
        FINISHED
    }

    static QueryActor at(Kind kind) {
        return new QueryActor(kind, Place.START, 0, 0, "", null);
    }

    QueryActor to(Place next) {
        return new QueryActor(kind, next, stamp, server, seen, knew);
    }

    QueryActor begun(long at, int by) {
        return new QueryActor(kind, Place.BEGUN, at, by, "", null);
    }

    QueryActor loaded(String versions) {
        return new QueryActor(kind, Place.LOADED, stamp, server, versions, null);
    }

    QueryActor settled(long upTo) {
        return new QueryActor(kind, Place.SETTLED, upTo, 0, "", null);
    }

    QueryActor looked(long at, String versions, @Nullable StoredTables tables) {
        return new QueryActor(kind, Place.LOOKED, at, 0, versions, tables);
    }

    QueryActor foundStale() {
        return new QueryActor(kind, Place.FOUND_STALE, stamp, 0, "", null);
    }

    /** Nothing that it remembers matters any more. */
    QueryActor finished() {
        return new QueryActor(kind, Place.FINISHED, 0, 0, "", null);
    }

    boolean hasFinished() {
        return place == Place.FINISHED;
    }
}
