package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.LogLines;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisTimeoutException;

/** When requests are kept away from Redis. */
final class CircuitTest {
    private final AtomicInteger openings = new AtomicInteger();
    private final Circuit circuit = new Circuit("node", openings::incrementAndGet);

    @Test
    void isOpenUntilItIsClosedForTheFirstTime() {
        assertThat(circuit.permits()).isFalse();

        try (LogLines lines = LogLines.of(Circuit.class.getName())) {
            circuit.close();
            circuit.close();
            assertThat(lines.all()).containsExactly("[node] Redis answers; reads go to the cache");
        }
        assertThat(circuit.permits()).isTrue();
    }

    @Test
    void oneOutageOpensItAndAThousandSayNoMore() {
        circuit.close();
        try (LogLines lines = LogLines.of(Circuit.class.getName())) {
            for (int failure = 0; failure < 1000; failure++) {
                circuit.failed(circuit.ticket(), new RedisTimeoutException("no answer"));
            }

            assertThat(circuit.permits()).isFalse();
            assertThat(openings).hasValue(1);
            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .startsWith("[node] Redis does not answer (")
                    .endsWith("no answer); reads go to the database until it is back");

            circuit.close();
            assertThat(lines.all())
                    .hasSize(2)
                    .last()
                    .isEqualTo("[node] Redis is back, and the node's debt is paid; reads go to the cache again");
        }
    }

    @Test
    void opensWhateverKindOfSilenceItMeets() {
        assertThat(Circuit.isOutage(new TimeoutException())).isTrue();
        assertThat(Circuit.isOutage(new RedisTimeoutException("no answer"))).isTrue();
        assertThat(Circuit.isOutage(new RedisConnectionException("refused"))).isTrue();
        assertThat(Circuit.isOutage(new RedisException("write failed", new IOException("broken pipe"))))
                .isTrue();
    }

    @Test
    void staysClosedOnAnErrorThatRedisAnsweredWith() {
        circuit.close();

        circuit.failed(circuit.ticket(), new RedisException("WRONGTYPE Operation against a key"));
        circuit.failed(circuit.ticket(), new RedisOutOfMemoryException("OOM command not allowed"));

        assertThat(circuit.permits()).isTrue();
        assertThat(openings).hasValue(0);
    }

    @Test
    void failureOfACommandFromBeforeItClosedDoesNotOpenItAgain() {
        circuit.close();
        long straggler = circuit.ticket();
        circuit.failed(circuit.ticket(), new RedisTimeoutException("no answer"));
        circuit.close();

        circuit.failed(straggler, new RedisTimeoutException("no answer"));

        assertThat(circuit.permits()).isTrue();
        circuit.failed(circuit.ticket(), new RedisTimeoutException("no answer"));
        assertThat(circuit.permits()).isFalse();
    }
}
