package dev.hearth;

import dev.hearth.hibernate.DomainRegion;
import dev.hearth.hibernate.HibernateNode;
import dev.hearth.hibernate.KnownId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which entries this node uses most, and what their keys stand for. Calls nobody. Safe for concurrent use. */
public final class HotEntries {
    private final HibernateNode node;

    HotEntries(HibernateNode node) {
        this.node = node;
    }

    /**
     * What a key stands for.
     *
     * @param role the name of the entity at the root of the hierarchy, or the collection's role
     * @param id the entity's id, or what the collection is found by: its owner's id, where the mapping does not say otherwise
     */
    public record HotEntry(Kind kind, String role, Object id) {}

    /** What an entry holds. */
    public enum Kind {
        ENTITY,
        COLLECTION
    }

    /** The regions of entities, collections and natural ids. */
    public SortedSet<String> regions() {
        return new TreeSet<>(node.regions().keySet());
    }

    /**
     * The keys of a region that are used most, in about that order; none where nothing is kept inside the process, since
     * nobody counts uses there.
     *
     * @param limit how many at the most
     */
    public List<String> hottest(String region, int limit) {
        DomainRegion known = node.regions().get(region);
        return known == null ? List.of() : known.hottest(limit);
    }

    /**
     * What a region's key stands for; empty if that cannot be told from its text, as with composite and very long ids, with
     * those of tenants, and with natural ids, or if the mapping has no such role any more.
     */
    public Optional<HotEntry> find(String region, String key) {
        DomainRegion known = node.regions().get(region);
        KnownId id = known == null ? null : known.idOf(key);
        return id == null
                ? Optional.empty()
                : Optional.of(new HotEntry(id.ofEntity() ? Kind.ENTITY : Kind.COLLECTION, id.role(), id.id()));
    }
}
