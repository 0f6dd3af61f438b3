package dev.hearth.benchmarks;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.HearthSettings;
import dev.hearth.test.Nodes;
import dev.hearth.test.RedisEndpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The variants that there are. */
final class Variants {
    /** Every variant, in the order of the table. */
    static final List<Variant> ALL = List.of(
            new Variant("none", false, false, redis -> uncached(), () -> ""),
            hearth("near", "strict"),
            hearth("fast", "fast"),
            hearth("remote", "off"),
            new Variant("jcache", true, false, redis -> JCacheByReference.settings(), () -> ""),
            new Variant("redisson", true, true, Redisson72::settings, Redisson72::obstacle));

    /** Those that are measured only where they are asked for: near as it is, without taking times; and the least there can be. */
    static final List<Variant> SPECIAL = List.of(
            new Variant("bare", true, true, redis -> uncounted("bare", "strict", redis), () -> obstacle("strict")),
            new Variant(
                    "least",
                    true,
                    false,
                    redis -> Map.of(Nodes.REGION_FACTORY, LeastRegionFactory.class.getName()),
                    () -> ""));

    /** The names of those that are Hearth. */
    static final List<String> HEARTH = List.of("near", "fast", "remote");

    private static final String NEAR = "hibernate.cache.hearth.near";

    private Variants() {}

    /** The variant of this name. */
    static Variant named(String name) {
        return Stream.concat(ALL.stream(), SPECIAL.stream())
                .filter(variant -> variant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--variants takes "
                        + String.join(", ", ALL.stream().map(Variant::name).toList()) + ", but was given '" + name
                        + "'"));
    }

    private static Map<String, Object> uncached() {
        return Map.of(
                Nodes.REGION_FACTORY,
                Nodes.UNSET,
                "hibernate.cache.use_second_level_cache",
                "false",
                "hibernate.cache.use_query_cache",
                "false");
    }

    private static Variant hearth(String name, String near) {
        return new Variant(name, true, true, redis -> hearthSettings(name, near, redis), () -> obstacle(near));
    }

    private static Map<String, Object> hearthSettings(String name, String near, RedisEndpoint redis) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(Nodes.REGION_FACTORY, "hearth");
        settings.put(Nodes.REDIS_URL, redis.url());
        settings.put(
                "hibernate.cache.region_prefix",
                name + "-" + ProcessHandle.current().pid());
        if (accepted(near)) {
            settings.put(NEAR, near);
        }
        return settings;
    }

    /** Without taking times. */
    private static Map<String, Object> uncounted(String name, String near, RedisEndpoint redis) {
        Map<String, Object> settings = hearthSettings(name, near, redis);
        settings.put("hibernate.cache.hearth.statistics", "false");
        return settings;
    }

    /** A build without a near tier is one in which it is off. */
    private static String obstacle(String near) {
        return near.equals("off") || accepted(near) ? "" : "this build does not know " + NEAR + "=" + near;
    }

    private static boolean accepted(String near) {
        try {
            HearthSettings.read(Map.of(NEAR, near));
            return true;
        } catch (HearthConfigurationException e) {
            return false;
        }
    }
}
