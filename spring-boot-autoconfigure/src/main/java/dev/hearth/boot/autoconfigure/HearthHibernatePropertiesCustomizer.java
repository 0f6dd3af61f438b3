package dev.hearth.boot.autoconfigure;

import dev.hearth.HearthRegionFactory;
import dev.hearth.config.HearthSettings;
import dev.hearth.warming.WarmingSettings;
import java.util.Map;
import org.hibernate.cfg.CacheSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;

/**
 * Makes Hearth the cache of a session factory, by its settings. Each call is for another session factory, which gets a node of
 * its own. What the settings say already stands.
 */
final class HearthHibernatePropertiesCustomizer implements HibernatePropertiesCustomizer {
    private static final Logger log = LoggerFactory.getLogger(HearthHibernatePropertiesCustomizer.class);

    private final Map<String, Object> settings;
    private final HearthRedisClient client;

    /** @param settings from the environment, by Hibernate's names */
    HearthHibernatePropertiesCustomizer(Map<String, Object> settings, HearthRedisClient client) {
        this.settings = Map.copyOf(settings);
        this.client = client;
    }

    /**
     * @throws dev.hearth.config.HearthConfigurationException if a setting is wrong, before anything is connected to
     * @throws AmbiguousRedissonClientException if it is not clear which client is the cache's
     */
    @Override
    public void customize(Map<String, Object> hibernate) {
        Object chosen = hibernate.get(CacheSettings.CACHE_REGION_FACTORY);
        if (!isHearth(chosen)) {
            log.info(
                    "Hearth caches nothing for a session factory whose {} is {}",
                    CacheSettings.CACHE_REGION_FACTORY,
                    chosen);
            return;
        }
        settings.forEach(hibernate::putIfAbsent);
        client.addTo(hibernate);
        HearthSettings.read(hibernate);
        WarmingSettings.read(hibernate);
        if (!(chosen instanceof HearthRegionFactory)) {
            hibernate.put(CacheSettings.CACHE_REGION_FACTORY, new HearthRegionFactory());
        }
        hibernate.putIfAbsent(CacheSettings.USE_SECOND_LEVEL_CACHE, true);
        hibernate.putIfAbsent(CacheSettings.USE_QUERY_CACHE, true);
    }

    private static boolean isHearth(@Nullable Object chosen) {
        return chosen == null
                || chosen instanceof HearthRegionFactory
                || chosen == HearthRegionFactory.class
                || chosen.equals("hearth")
                || chosen.equals(HearthRegionFactory.class.getName());
    }
}
