package dev.hearth;

import dev.hearth.store.ChangedScripts;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.hibernate.cache.spi.RegionFactory;

/** Region factories as tests want them. */
public final class HearthFactoryFixture {
    private HearthFactoryFixture() {}

    /** A factory whose node has this monotonic clock. */
    public static HearthRegionFactory withClock(LongSupplier nanoTime) {
        return new HearthRegionFactory(nanoTime);
    }

    /** A factory whose node runs other scripts than the real ones, to see that a test notices. */
    public static RegionFactory withChangedScripts(LongSupplier nanoTime, UnaryOperator<String> change) {
        return new HearthRegionFactory(nanoTime, ChangedScripts.tiers(change)::make);
    }
}
