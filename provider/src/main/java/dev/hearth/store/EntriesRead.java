package dev.hearth.store;

import dev.hearth.statistics.MissReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries that were read in one round trip. Each counts, as a miss if it is one, when somebody asks for it. */
public final class EntriesRead {
    private final Map<EntryAddress, RegionStore> wanted;
    private final Map<EntryAddress, MissReason> unusable;
    private final @Nullable Map<String, byte[]> values;

    /**
     * @param unusable those that Redis was not asked for
     * @param values what it has answered; null if it has not
     */
    EntriesRead(
            Map<EntryAddress, RegionStore> wanted,
            Map<EntryAddress, MissReason> unusable,
            @Nullable Map<String, byte[]> values) {
        this.wanted = wanted;
        this.unusable = unusable;
        this.values = values;
    }

    /** What was found of an entry; null if it was not among them. Counts a miss, but no hit. */
    public @Nullable Found found(EntryAddress at) {
        RegionStore region = wanted.get(at);
        if (region == null) {
            return null;
        }
        MissReason reason = unusable.get(at);
        if (reason != null) {
            return region.nothing(reason);
        }
        return values == null ? region.nothing(MissReason.UNAVAILABLE) : region.judged(at, values);
    }
}
