package dev.hearth.warming;

import dev.hearth.BulkLoad;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
        if (queries.target().naturalIds()) {
            missing.addAll(withoutNaturalIds(load, ids, missing));
        }
        long rows = 0;
        long present = ids.size() - missing.size();
        for (EntityQueries.Along along : queries.collections()) {
            List<Object> without = along.keyedById() ? load.missingCollections(along.role(), ids) : ids;
            present += ids.size() - without.size();
            rows += read(load, along, without);
            if (along.owner().equals(queries.entity())) {
                // These came along with their collections.
                missing.removeAll(Set.copyOf(without));
            }
        }
        rows += entities(load, ids, missing, whole);
        return new Pages.Read(rows, present, more, checkpoint);
    }

    /* An entity may be there without its natural id, which has an entry, a region and a time to live of its own. */
    private List<Object> withoutNaturalIds(BulkLoad load, List<Object> ids, Set<Object> missing) {
        List<Object> present = ids.stream().filter(id -> !missing.contains(id)).toList();
        Map<Object, Object> naturalIds = queries.naturalIds(load.session(), present);
        return naturalIds.isEmpty()
                ? List.of()
                : load.missingNaturalIds(queries.target().entity(), naturalIds);
    }

    /** Reads the collections that are missing of these owners. */
    Pages.Read readCollections(BulkLoad load, List<Object> ids, String checkpoint) {
        long rows = 0;
        long present = 0;
        for (EntityQueries.Along along : queries.collections()) {
            List<Object> without = load.missingCollections(along.role(), ids);
            present += ids.size() - without.size();
            rows += read(load, along, without);
        }
        return new Pages.Read(rows, present, true, checkpoint);
    }

    private long read(BulkLoad load, EntityQueries.Along along, List<Object> owners) {
        long rows = 0;
        for (int from = 0; from < owners.size(); from += OWNERS) {
            rows += queries.read(load.session(), along, owners.subList(from, Math.min(owners.size(), from + OWNERS)));
        }
        return rows;
    }

    private int entities(BulkLoad load, List<Object> ids, Collection<Object> missing, @Nullable Whole whole) {
        if (missing.isEmpty()) {
            return 0;
        }
        return whole != null && missing.size() == ids.size() ? whole.read() : queries.read(load.session(), missing);
    }
}
