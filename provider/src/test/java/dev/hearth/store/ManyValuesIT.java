package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** The values under many keys, by our own command and by Redisson's. */
final class ManyValuesIT {
    private static RedisServerFixture server;
    private static dev.hearth.test.RedisConnection redis;
    private static RedissonClient client;

    @BeforeAll
    static void start() {
        server = RedisServers.start();
        redis = server.connect();
        Config config = new Config();
        config.useSingleServer().setAddress(server.url()).setConnectionMinimumIdleSize(1);
        client = Redisson.create(config);
    }

    @AfterAll
    static void stop() {
        client.shutdown();
        redis.close();
        server.close();
    }

    static Stream<ManyValues> ways() {
        return Stream.of(ManyValues.together(client), ManyValues.apart(client), ManyValues.together(wrapped()));
    }

    /* As frameworks do that look at every call. */
    private static RedissonClient wrapped() {
        return (RedissonClient) Proxy.newProxyInstance(
                ManyValuesIT.class.getClassLoader(),
                new Class<?>[] {RedissonClient.class},
                (proxy, method, arguments) -> method.invoke(client, arguments));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatIsThereIsFoundUnderItsKeyAndNothingElse(ManyValues values) {
        redis.call("SET", "first", "1");
        redis.call("SET", "empty", "");
        redis.call("SET", "schön", "3");
        redis.call("DEL", "none");
        redis.call("DEL", "hash");
        redis.call("HSET", "hash", "field", "value");

        assertThat(texts(read(values, List.of("first", "none", "empty", "hash", "schön", "first"))))
                .containsOnly(Map.entry("first", "1"), Map.entry("empty", ""), Map.entry("schön", "3"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void anAnswerLongerThanAnyBufferIsWhole(ManyValues values) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            keys.add("many:" + i);
            redis.call("SET", "many:" + i, i + "x".repeat(i % 300));
        }

        Map<String, String> found = texts(read(values, keys));

        assertThat(found).hasSize(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            assertThat(found).containsEntry(keys.get(i), i + "x".repeat(i % 300));
        }
    }

    private static Map<String, byte[]> read(ManyValues values, Collection<String> keys) {
        return values.read(keys).join();
    }

    private static Map<String, String> texts(Map<String, byte[]> values) {
        Map<String, String> texts = new HashMap<>();
        values.forEach((key, value) -> texts.put(key, new String(value, StandardCharsets.UTF_8)));
        return texts;
    }
}
