package dev.hearth.hibernate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hearth.encoding.ResultHints;
import dev.hearth.near.NearRegion;
import dev.hearth.store.EntryAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entities were last asked for together with an entry of one region: the entity of a natural id, the elements of a
 * collection, the entities of a query's rows. Only a guess of what to read along. Safe for concurrent use.
 */
final class Companions {
    /** An address takes some two hundred bytes. */
    private static final int MAXIMUM_ADDRESSES = 50_000;

    /** So that no guess keeps the server, or a connection, for long. */
    private static final int MAXIMUM_OF_ONE = 1_000;

    private final Cache<EntryAddress, Known> byLead = Caffeine.newBuilder()
            .maximumWeight(MAXIMUM_ADDRESSES)
            .weigher((EntryAddress lead, Known known) -> 1 + known.companions.size())
            .build();

    /** An entity's entry. */
    record Companion(EntityAccess access, EntryAddress at) {
        NearRegion region() {
            return access.near();
        }

        boolean is(EntityAccess other, String key) {
            return other == access && at.key().equals(key);
        }
    }

    /**
     * What is known of one lead.
     *
     * @param source the hints that name all of these and no others; null where there are none, or not all were followed
     */
    record Known(List<Companion> companions, @Nullable ResultHints source) {
        static final Known NOTHING = new Known(List.of(), null);

        private boolean isCurrent() {
            return companions.stream().allMatch(companion -> companion.at.isCurrent());
        }
    }

    Known of(EntryAddress lead) {
        Known known = byLead.getIfPresent(lead);
        if (known == null) {
            return Known.NOTHING;
        }
        if (!known.isCurrent()) {
            byLead.invalidate(lead);
            return Known.NOTHING;
        }
        return known;
    }

    /** These were asked for after the lead had been found in Redis. */
    void learn(EntryAddress lead, Known asked) {
        int size = asked.companions.size();
        if (size == 0 || size > MAXIMUM_OF_ONE) {
            byLead.invalidate(lead);
        } else {
            byLead.put(lead, asked);
        }
    }
}
