package dev.hearth.benchmarks;

import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import dev.hearth.benchmarks.model.Customer;
import dev.hearth.benchmarks.model.Purchase;
import dev.hearth.benchmarks.model.PurchaseLine;
import dev.hearth.benchmarks.model.Subscriber;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.spi.CachingProvider;

/**
 * Hibernate's JCache regions on Caffeine at its cheapest: within the process, bounded, and by reference. By default JCache
 * stores by value, which copies each entry by Java serialization at each access; that would be no match.
 */
final class JCacheByReference {
    private static final long MAXIMUM_ENTRIES = 100_000;

    private static final List<String> REGIONS = List.of(
            Customer.class.getName(),
            Customer.class.getName() + "##NaturalId",
            Subscriber.class.getName(),
            Purchase.class.getName(),
            Purchase.class.getName() + ".lines",
            PurchaseLine.class.getName(),
            "default-query-results-region",
            "default-update-timestamps-region");

    private JCacheByReference() {}

    /** Settings with a cache manager of their own; a region that is not made here is refused. */
    static Map<String, Object> settings() {
        return Map.of(
                "hibernate.cache.region.factory_class", "jcache",
                "hibernate.javax.cache.cache_manager", cacheManager(),
                "hibernate.javax.cache.missing_cache_strategy", "fail");
    }

    // The caches live as long as the process, as the variant does.
    @SuppressWarnings("resource")
    private static CacheManager cacheManager() {
        CachingProvider provider = new CaffeineCachingProvider();
        CacheManager manager = provider.getCacheManager(
                URI.create("hearth-benchmarks-" + UUID.randomUUID()), JCacheByReference.class.getClassLoader());
        for (String region : REGIONS) {
            Cache<Object, Object> cache = manager.createCache(
                    region,
                    new CaffeineConfiguration<Object, Object>()
                            .setTypes(Object.class, Object.class)
                            .setStoreByValue(false)
                            .setMaximumSize(OptionalLong.of(MAXIMUM_ENTRIES)));
            requireByReference(cache);
        }
        return manager;
    }

    private static void requireByReference(Cache<Object, Object> cache) {
        CompleteConfiguration<?, ?> used = cache.getConfiguration(CompleteConfiguration.class);
        Object kept = new Object();
        cache.put("probe", kept);
        boolean same = cache.get("probe") == kept;
        cache.remove("probe");
        if (used.isStoreByValue() || !same) {
            throw new IllegalStateException("[" + cache.getName() + "] this cache copies what it stores");
        }
    }
}
