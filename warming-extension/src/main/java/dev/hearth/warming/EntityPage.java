package dev.hearth.warming;

import dev.hearth.BulkLoad;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings some entities into the cache that are not there, with the collections that are warmed along. */
final class EntityPage {
    /* The rows of a collection's elements are held in memory together, so it is read of fewer owners at a time. */
    private static final int OWNERS = 100;

    private final EntityQueries queries;

    EntityPage(EntityQueries queries) {
        this.queries = queries;
    }

    /** Reads all entities of the page, if none is there. */
    @FunctionalInterface
    interface Whole {
        int read();
    }

    /**
     * Reads what is missing.
     *
     * @param whole how to read all of them at once, where there is a cheaper way than by their ids
     */
    Pages.Read read(BulkLoad load, List<Object> ids, @Nullable Whole whole, boolean more, @Nullable String checkpoint) {
        Set<Object> missing = new HashSet<>(load.missing(queries.target().entity(), ids));
        long rows = 0;
        long present = ids.size() - missing.size();
        for (EntityQueries.Along along : queries.collections()) {
            List<Object> without = along.keyedById() ? load.missingCollections(along.role(), ids) : ids;
            present += ids.size() - without.size();
            for (int from = 0; from < without.size(); from += OWNERS) {
                rows += queries.read(
                        load.session(), along, without.subList(from, Math.min(without.size(), from + OWNERS)));
            }
            if (along.owner().equals(queries.entity())) {
                // These came along with their collections.
                missing.removeAll(Set.copyOf(without));
            }
        }
        rows += entities(load, ids, missing, whole);
        return new Pages.Read(rows, present, more, checkpoint);
    }

    private int entities(BulkLoad load, List<Object> ids, Collection<Object> missing, @Nullable Whole whole) {
        if (missing.isEmpty()) {
            return 0;
        }
        return whole != null && missing.size() == ids.size() ? whole.read() : queries.read(load.session(), missing);
    }
}
