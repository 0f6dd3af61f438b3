package dev.hearth.hibernate;

import dev.hearth.encoding.ResultHints;
import dev.hearth.near.NearRegion;
import dev.hearth.near.Reading;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.store.EntriesRead;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.RemoteTier;
import dev.hearth.store.WantedEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One look-up that leads to others: with the first entry it reads those that followed it the last time, in the same round
 * trip. For one look-up of one session; what it has read is of no use after it.
 */
final class ReadAhead {
    /* DESIGN section 5 wants a natural id and its entity in one read, and the entity's key is not known before. Whether the
     * guess was right is seen when the first entry is there: what it does not name is not looked at, and what it names
     * besides is read then. A guess is as new as any read that began with the look-up.
     *
     * A result leads to the same entities in the same order as long as it stands, and there may be hundreds of them. So each
     * is looked for in its place first. */
    static final int UNEXPECTED = -1;

    private static final int NOT_READ = -1;

    private final RemoteTier tier;
    private final NearRegion region;
    private final Companions companions;
    private @Nullable EntryAddress lead;
    private Companions.Known guess = Companions.Known.NOTHING;
    private int[] places = {};
    private long[] tickets = {};
    private List<WantedEntry> wanted = List.of();
    private @Nullable EntriesRead ahead;
    private @Nullable Map<EntryAddress, Integer> byAddress;

    ReadAhead(RemoteTier tier, NearRegion region, Companions companions) {
        this.tier = tier;
        this.region = region;
        this.companions = companions;
    }

    /** Asks Redis for the first entry, and for its companions. */
    Reading lead(EntryAddress at) {
        guessFrom(at);
        if (wanted.isEmpty()) {
            return region.read(at);
        }
        int place = want(region, at);
        ahead = tier.read(wanted);
        return reading(ahead, place);
    }

    /** Asks Redis for the companions of a first entry that is asked for by other means now, and does not wait. */
    void begin(EntryAddress at) {
        guessFrom(at);
        if (!wanted.isEmpty()) {
            ahead = tier.beginToRead(wanted);
        }
    }

    private void guessFrom(EntryAddress at) {
        lead = at;
        guess = companions.of(at);
        places = new int[guess.companions().size()];
        tickets = new long[places.length + 1];
        wanted = new ArrayList<>(tickets.length);
        for (int i = 0; i < places.length; i++) {
            Companions.Companion companion = companion(i);
            places[i] = companion.region().keeps(companion.at()) ? NOT_READ : want(companion.region(), companion.at());
        }
    }

    private int want(NearRegion of, EntryAddress at) {
        int place = wanted.size();
        tickets[place] = of.ticket(at);
        wanted.add(new WantedEntry(at, of.store()));
        return place;
    }

    /** What was expected, whether it was read ahead or is kept near. */
    List<Companions.Companion> expected() {
        return guess.companions();
    }

    /** Whether exactly what is expected is what these hints name. */
    boolean expects(ResultHints hints) {
        return hints.equals(guess.source());
    }

    /** The position of an entity among those that were expected, if it is this one; {@link #UNEXPECTED} otherwise. */
    int expected(int position, EntityAccess of, String key) {
        return position < places.length && companion(position).is(of, key) ? position : UNEXPECTED;
    }

    /** What was expected at a position. */
    Companions.Companion companion(int position) {
        return guess.companions().get(position);
    }

    /** What was read of an entry; null if it was not among those. Counts a miss, but no hit. */
    @Nullable
    Reading read(EntryAddress at) {
        return read(UNEXPECTED, at);
    }

    /** As {@link #read(EntryAddress)}, of one that was expected at this position. */
    @Nullable
    Reading read(int position, EntryAddress at) {
        if (ahead == null) {
            return null;
        }
        int place = position == UNEXPECTED ? byAddress().getOrDefault(at, NOT_READ) : places[position];
        return place == NOT_READ ? null : reading(ahead, place);
    }

    private Reading reading(EntriesRead read, int place) {
        return new Reading(read.found(place), tickets[place]);
    }

    private Map<EntryAddress, Integer> byAddress() {
        Map<EntryAddress, Integer> known = byAddress;
        if (known == null) {
            known = byAddress = new HashMap<>();
            for (int i = 0; i < wanted.size(); i++) {
                known.put(wanted.get(i).at(), i);
            }
        }
        return known;
    }

    /** Says that the first entry leads nowhere now. */
    void ledNowhere() {
        ledTo(List.of());
    }

    /** Says what the first entry led to, for the next look-up of it; nothing if it was found near. */
    void ledTo(List<Companions.Companion> asked) {
        ledTo(asked, null);
    }

    /**
     * As {@link #ledTo(List)}.
     *
     * @param source the hints that name all of it and nothing else, if there are such
     */
    void ledTo(List<Companions.Companion> asked, @Nullable ResultHints source) {
        Companions.Known known = new Companions.Known(asked, source);
        if (lead != null && !guess.equals(known)) {
            countWasted(asked);
            companions.learn(lead, known);
        }
    }

    /* What is used counts when it is handed over. */
    private void countWasted(List<Companions.Companion> asked) {
        Set<EntryAddress> used = new HashSet<>();
        asked.forEach(companion -> used.add(companion.at()));
        for (int i = 0; i < places.length; i++) {
            Companions.Companion companion = companion(i);
            if (places[i] != NOT_READ && !used.contains(companion.at())) {
                companion.region().store().statistics().count(RegionEvent.PREFETCH_WASTED);
            }
        }
    }
}
