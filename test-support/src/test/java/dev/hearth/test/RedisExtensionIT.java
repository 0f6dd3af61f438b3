package dev.hearth.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RedisExtensionIT {
    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    @Test
    void answersCommandsOfEveryKind() {
        try (RedisConnection connection = redis.connect()) {
            redis.flush();
            assertThat(connection.text("SET", redis.keyspace() + ":a", "ä")).isEqualTo("OK");
            assertThat(connection.text("GET", redis.keyspace() + ":a")).isEqualTo("ä");
            assertThat(connection.number("INCR", "counter")).isEqualTo(1);
            assertThat(connection.call("GET", "absent")).isNull();
            assertThat(connection.call("MGET", "absent", "absent")).isEqualTo(Arrays.asList(null, null));
            assertThat(connection.keys("*")).containsExactlyInAnyOrder(redis.keyspace() + ":a", "counter");
        }
    }

    @Test
    void keepsBytesAsTheyAre() {
        byte[] bytes = {0, 13, 10, -1};
        try (RedisConnection connection = redis.connect()) {
            connection.call("SET", "bytes", bytes);
            assertThat(connection.call("GET", "bytes")).isEqualTo(bytes);
        }
    }

    @Test
    void anErrorOfRedisIsAnException() {
        try (RedisConnection connection = redis.connect()) {
            assertThatThrownBy(() -> connection.call("NOSUCH"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("unknown command");
        }
    }

    @Test
    void isOfASupportedVersion() {
        try (RedisConnection connection = redis.connect()) {
            assertThat(connection.text("INFO", "server")).contains("redis_version:");
            assertThat(connection.call("TIME")).isInstanceOf(List.class);
        }
    }

    @Test
    void givesEveryTestClassAKeyspaceOfItsOwn() {
        assertThat(new RedisExtension().keyspace()).isNotEqualTo(new RedisExtension().keyspace());
    }
}
