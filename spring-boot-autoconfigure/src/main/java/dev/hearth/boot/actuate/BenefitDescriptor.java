package dev.hearth.boot.actuate;

import dev.hearth.statistics.Benefit;

/**
 * What caching gains, in nanoseconds.
 *
 * @param loads how often the database's time was measured; without any, the rest says nothing
 * @param loss whether caching is known to cost more than it saves
 */
public record BenefitDescriptor(long loads, long savedNanos, long spentNanos, long netNanos, boolean loss) {
    static BenefitDescriptor of(Benefit benefit) {
        return new BenefitDescriptor(
                benefit.loads(), benefit.savedNanos(), benefit.spentNanos(), benefit.netNanos(), benefit.isLoss());
    }
}
