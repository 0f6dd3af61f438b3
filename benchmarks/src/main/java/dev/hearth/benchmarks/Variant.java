package dev.hearth.benchmarks;

import dev.hearth.test.Nodes;
import dev.hearth.test.RedisEndpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One way of caching that takes part.
 *
 * @param name as {@code --variants} and the table have it
 * @param cached whether reads are expected to come from a cache
 * @param shared whether several nodes can share the cache, so that the others are started as well
 * @param settings Hibernate's settings, given the Redis server; made anew for each start
 * @param obstacle says why the variant cannot take part in this build, or is empty if it can
 */
record Variant(
        String name,
        boolean cached,
        boolean shared,
        Function<RedisEndpoint, Map<String, Object>> settings,
        Supplier<String> obstacle) {

    Variant {
        if (!name.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("A variant is named in lower case, but this one '" + name + "'");
        }
    }

    /** What every variant has in common: nothing that only costs, and nothing that is measured by the wrong clock. */
    Map<String, Object> allSettings(RedisEndpoint redis) {
        Map<String, Object> all = new HashMap<>();
        all.put("hibernate.session_factory.statement_inspector", Nodes.UNSET);
        all.put("hibernate.generate_statistics", "false");
        all.putAll(settings.apply(redis));
        return all;
    }
}
