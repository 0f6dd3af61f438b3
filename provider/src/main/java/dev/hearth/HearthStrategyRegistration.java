package dev.hearth;

import java.util.List;
import org.hibernate.boot.registry.selector.SimpleStrategyRegistrationImpl;
import org.hibernate.boot.registry.selector.StrategyRegistration;
import org.hibernate.boot.registry.selector.StrategyRegistrationProvider;
import org.hibernate.cache.spi.RegionFactory;

/** Makes {@code hibernate.cache.region.factory_class=hearth} known to Hibernate. */
public final class HearthStrategyRegistration implements StrategyRegistrationProvider {
    @Override
    public Iterable<StrategyRegistration<?>> getStrategyRegistrations() {
        return List.of(new SimpleStrategyRegistrationImpl<>(
                RegionFactory.class,
                HearthRegionFactory.class,
                "hearth",
                HearthRegionFactory.class.getSimpleName(),
                HearthRegionFactory.class.getName()));
    }
}
