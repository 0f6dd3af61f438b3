package dev.hearth.boot.actuate;

import dev.hearth.statistics.Sample;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A number that is looked up now and then, and when it was. */
public record SampleDescriptor(long value, Instant at) {
    static @Nullable SampleDescriptor of(Optional<Sample> sample) {
        return sample.map(known -> new SampleDescriptor(known.value(), known.at()))
                .orElse(null);
    }
}
