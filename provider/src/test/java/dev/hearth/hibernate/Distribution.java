package dev.hearth.hibernate;

import java.time.Duration;
import java.util.Arrays;

/**
 * How old reads were.
 *
 * @param sorted nanoseconds, the shortest first
 * @param fromNear how many of them took neither Redis nor the database
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Distribution(long[] sorted, long fromNear) {
    Duration maximum() {
        return quantile(1);
    }

    private Duration quantile(double share) {
        int last = sorted.length - 1;
        return last < 0 ? Duration.ZERO : Duration.ofNanos(sorted[(int) (last * share)]);
    }

    @Override
    public String toString() {
        long stale = Arrays.stream(sorted).filter(age -> age > 0).count();
        return "%,d reads, %,d of them near; %,d had been replaced, among them p50 %s, p90 %s, p99 %s, max %s"
                .formatted(
                        sorted.length,
                        fromNear,
                        stale,
                        ofStale(stale, 0.5),
                        ofStale(stale, 0.9),
                        ofStale(stale, 0.99),
                        ofStale(stale, 1));
    }

    private String ofStale(long stale, double share) {
        if (stale == 0) {
            return "-";
        }
        int first = sorted.length - (int) stale;
        return "%.1f ms".formatted(sorted[first + (int) ((stale - 1) * share)] / 1e6);
    }
}
