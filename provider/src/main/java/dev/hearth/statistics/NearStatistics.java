package dev.hearth.statistics;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What the near tier of this node has heard and waited for since it started. Safe for concurrent use; reading calls nobody. */
public final class NearStatistics {
    private final LongAdder messages = new LongAdder();
    private final LongAdder clearings = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();
    private final LongAccumulator longestWaitNanos = new LongAccumulator(Math::max, 0);
    private final LongAdder outwaitedLeases = new LongAdder();

    /** A message of a change has arrived. */
    public void message() {
        messages.increment();
    }

    /** Messages may have been missed, so that nothing kept until now is served any more. */
    public void clearing() {
        clearings.increment();
    }

    /** A commit has waited this long for acknowledgements, beyond its locks. */
    public void waited(long nanos) {
        waits.increment();
        waitNanos.add(nanos);
        longestWaitNanos.accumulate(nanos);
    }

    /** A commit has waited until the lease of a node that did not answer was over. */
    public void outwaitedLease() {
        outwaitedLeases.increment();
    }

    public long messages() {
        return messages.sum();
    }

    public long clearings() {
        return clearings.sum();
    }

    public long waits() {
        return waits.sum();
    }

    public long waitNanos() {
        return waitNanos.sum();
    }

    public long longestWaitNanos() {
        return longestWaitNanos.get();
    }

    public long outwaitedLeases() {
        return outwaitedLeases.sum();
    }
}
