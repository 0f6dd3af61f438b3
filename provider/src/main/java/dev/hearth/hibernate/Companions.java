package dev.hearth.hibernate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hearth.near.NearRegion;
import dev.hearth.store.EntryAddress;
import java.util.List;

/**
 * Which entries were last asked for together with an entry of one region: the entity of a natural id, the elements of a
 * collection, the entities of a query's rows. Only a guess of what to read along. Safe for concurrent use.
 */
final class Companions {
    /** An address takes some two hundred bytes. */
    private static final int MAXIMUM_ADDRESSES = 50_000;

    /** So that no guess keeps the server, or a connection, for long. */
    private static final int MAXIMUM_OF_ONE = 1_000;

    private final Cache<EntryAddress, List<Companion>> byLead = Caffeine.newBuilder()
            .maximumWeight(MAXIMUM_ADDRESSES)
            .weigher((EntryAddress lead, List<Companion> companions) -> 1 + companions.size())
            .build();

    /** An entry of any region. */
    record Companion(NearRegion region, EntryAddress at) {}

    List<Companion> of(EntryAddress lead) {
        List<Companion> known = byLead.getIfPresent(lead);
        return known == null ? List.of() : known;
    }

    /** These were asked for after the lead had been found in Redis. */
    void learn(EntryAddress lead, List<Companion> asked) {
        if (asked.isEmpty() || asked.size() > MAXIMUM_OF_ONE) {
            byLead.invalidate(lead);
        } else if (!asked.equals(of(lead))) {
            byLead.put(lead, List.copyOf(asked));
        }
    }
}
