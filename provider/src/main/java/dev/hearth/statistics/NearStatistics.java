package dev.hearth.statistics;

import java.util.concurrent.atomic.LongAccumulator;

/** What the near tier of this node has heard and waited for since it started or was reset. Safe for concurrent use; reading calls nobody. */
public final class NearStatistics {
    private final Counter messages = new Counter();
    private final Counter clearings = new Counter();
    private final Counter gaps = new Counter();
    private final Counter waits = new Counter();
    private final Counter waitNanos = new Counter();
    private final LongAccumulator longestWaitNanos = new LongAccumulator(Math::max, 0);
    private final Counter outwaitedLeases = new Counter();

    /** A message of a change has arrived. */
    public void message() {
        messages.increment();
    }

    /** Messages may have been missed, so that nothing kept until now is served any more. */
    public void clearing() {
        clearings.increment();
    }

    /** Messages were missing among those that have come. */
    public void gap() {
        gaps.increment();
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
        return messages.get();
    }

    public long clearings() {
        return clearings.get();
    }

    public long gaps() {
        return gaps.get();
    }

    public long waits() {
        return waits.get();
    }

    public long waitNanos() {
        return waitNanos.get();
    }

    public long longestWaitNanos() {
        return longestWaitNanos.get();
    }

    public long outwaitedLeases() {
        return outwaitedLeases.get();
    }

    /** Messages since the node started, whatever was reset; the other totals likewise. */
    public long totalMessages() {
        return messages.total();
    }

    public long totalClearings() {
        return clearings.total();
    }

    public long totalGaps() {
        return gaps.total();
    }

    public long totalWaits() {
        return waits.total();
    }

    public long totalWaitNanos() {
        return waitNanos.total();
    }

    public long totalOutwaitedLeases() {
        return outwaitedLeases.total();
    }

    void reset() {
        messages.reset();
        clearings.reset();
        gaps.reset();
        waits.reset();
        waitNanos.reset();
        longestWaitNanos.reset();
        outwaitedLeases.reset();
    }
}
