package dev.hearth.jmx;

import dev.hearth.statistics.Latency;
import dev.hearth.statistics.LatencySnapshot;
import dev.hearth.statistics.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What is counted, in types that any management console can show. */
final class Readings {
    private Readings() {}

    /** The reasons that there were, by name. */
    static <E extends Enum<E>> Map<String, Long> byReason(E[] reasons, ToLongFunction<E> count) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (E reason : reasons) {
            long counted = count.applyAsLong(reason);
            if (counted != 0) {
                counts.put(reason.name(), counted);
            }
        }
        return counts;
    }

    static Map<String, Long> times(Latency latency) {
        LatencySnapshot snapshot = latency.snapshot();
        Map<String, Long> times = new LinkedHashMap<>();
        times.put("count", snapshot.count());
        times.put("mean", snapshot.mean());
        times.put("p50", snapshot.p50());
        times.put("p99", snapshot.p99());
        times.put("max", snapshot.max());
        return times;
    }

    static @Nullable Long value(Optional<Sample> sample) {
        return sample.map(Sample::value).orElse(null);
    }

    static @Nullable Long ageMillis(Optional<Sample> sample) {
        return sample.map(taken ->
                        Math.max(0, Duration.between(taken.at(), Instant.now()).toMillis()))
                .orElse(null);
    }
}
