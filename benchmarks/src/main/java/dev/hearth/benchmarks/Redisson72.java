package dev.hearth.benchmarks;

import dev.hearth.test.RedisEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Redisson's community provider for Hibernate 7.2 and later, with its defaults; its jar is not among ours. */
final class Redisson72 {
    private static final String FACTORY = "org.redisson.hibernate.RedissonRegionFactory";

    private Redisson72() {}

    static Map<String, Object> settings(RedisEndpoint redis) {
        return Map.of(
                "hibernate.cache.region.factory_class",
                FACTORY,
                "hibernate.cache.region_prefix",
                "redisson-" + ProcessHandle.current().pid(),
                "hibernate.cache.redisson.config",
                configuration(redis).toString());
    }

    private static Path configuration(RedisEndpoint redis) {
        try {
            Path file = Files.createTempFile("side-by-side-redisson-", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "singleServerConfig:\n  address: \"" + redis.url() + "\"\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String obstacle() {
        try {
            Class.forName(FACTORY, false, Redisson72.class.getClassLoader());
            return "";
        } catch (ClassNotFoundException e) {
            return "org.redisson:redisson-hibernate-72 is not on the class path";
        }
    }
}
