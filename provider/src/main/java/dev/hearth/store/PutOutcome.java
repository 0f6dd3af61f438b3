package dev.hearth.store;

import dev.hearth.statistics.PutRefusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a put; a null refusal says that it was stored. */
public record PutOutcome(@Nullable PutRefusal refusal) {
    public static final PutOutcome STORED = new PutOutcome(null);

    /* In the order of the numbers that put_from_load.lua answers. */
    private static final List<PutRefusal> REFUSALS = List.of(
            PutRefusal.NO_REGION,
            PutRefusal.OTHER_SERVER,
            PutRefusal.AHEAD,
            PutRefusal.HORIZON,
            PutRefusal.GENERATION,
            PutRefusal.BULK_LOCKED,
            PutRefusal.LOCKED,
            PutRefusal.FENCED,
            PutRefusal.PRESENT);

    static PutOutcome of(long answer) {
        return answer == 0 ? STORED : new PutOutcome(REFUSALS.get((int) answer - 1));
    }

    public boolean stored() {
        return refusal == null;
    }
}
