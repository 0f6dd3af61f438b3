package dev.hearth.hibernate;

import dev.hearth.near.NearRegion;
import dev.hearth.near.Reading;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.store.EntriesRead;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.Found;
import dev.hearth.store.RegionStore;
import dev.hearth.store.RemoteTier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One look-up that leads to others: with the first entry it reads those that followed it the last time, in the same round
 * trip. For one look-up of one session; what it has read is of no use after it.
 */
final class ReadAhead {
    /* DESIGN section 5 wants a natural id and its entity in one read, and the entity's key is not known before. Whether the
     * guess was right is seen when the first entry is there: what it does not name is not looked at, and what it names
     * besides is read then. A guess is as new as any read that began with the look-up. */
    private final RemoteTier tier;
    private final NearRegion region;
    private final Companions companions;
    private final Map<EntryAddress, Long> tickets = new HashMap<>(4);
    private @Nullable EntryAddress lead;
    private @Nullable EntriesRead ahead;

    ReadAhead(RemoteTier tier, NearRegion region, Companions companions) {
        this.tier = tier;
        this.region = region;
        this.companions = companions;
    }

    /** Asks Redis for the first entry, and for its companions. */
    Reading lead(EntryAddress at) {
        Map<EntryAddress, RegionStore> wanted = companionsOf(at);
        if (wanted.isEmpty()) {
            return region.read(at);
        }
        want(region, at, wanted);
        ahead = tier.read(wanted);
        return Objects.requireNonNull(read(at));
    }

    /** Asks Redis for the companions of a first entry that is asked for by other means now, and does not wait. */
    void begin(EntryAddress at) {
        Map<EntryAddress, RegionStore> wanted = companionsOf(at);
        if (!wanted.isEmpty()) {
            ahead = tier.beginToRead(wanted);
        }
    }

    private Map<EntryAddress, RegionStore> companionsOf(EntryAddress at) {
        lead = at;
        Map<EntryAddress, RegionStore> wanted = new HashMap<>();
        for (Companions.Companion companion : companions.of(at)) {
            if (!companion.region().keeps(companion.at())) {
                want(companion.region(), companion.at(), wanted);
            }
        }
        return wanted;
    }

    private void want(NearRegion of, EntryAddress at, Map<EntryAddress, RegionStore> wanted) {
        tickets.put(at, of.ticket(at));
        wanted.put(at, of.store());
    }

    /** What was read of an entry; null if it was not among those. Counts a miss, but no hit. */
    @Nullable
    Reading read(EntryAddress at) {
        Found found = ahead == null ? null : ahead.found(at);
        return found == null ? null : new Reading(found, Objects.requireNonNull(tickets.get(at)));
    }

    /** Says that the first entry leads nowhere now. */
    void ledNowhere() {
        ledTo(List.of());
    }

    /** Says what the first entry led to, for the next look-up of it; nothing if it was found near. */
    void ledTo(List<Companions.Companion> asked) {
        if (lead != null) {
            countWasted(asked);
            companions.learn(lead, asked);
        }
    }

    /* What is used counts when it is handed over. */
    private void countWasted(List<Companions.Companion> asked) {
        List<Companions.Companion> guessed = ahead == null ? List.of() : companions.of(Objects.requireNonNull(lead));
        if (guessed.isEmpty() || guessed.equals(asked)) {
            return;
        }
        Set<EntryAddress> used = new HashSet<>();
        asked.forEach(companion -> used.add(companion.at()));
        guessed.stream()
                .filter(companion -> tickets.containsKey(companion.at()) && !used.contains(companion.at()))
                .forEach(companion -> companion.region().store().statistics().count(RegionEvent.PREFETCH_WASTED));
    }
}
