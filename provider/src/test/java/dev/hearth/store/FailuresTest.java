package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redisson.client.RedisException;
import org.redisson.client.RedisTimeoutException;

final class FailuresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOPERM no permission. channel: [id: 0x7, L:/a - R:b] command: (INFO SERVER), params: [], promise: x"
                        + " | NOPERM no permission",
                "ERR in a script. channel: [id: 0x7] command: (EVAL), params: [local t = now() return 1, 1, key, secret]"
                        + " | ERR in a script",
                "timeout (500 ms), increase it. Command: (GET), params: [hearth:{Customer.0}:7], channel: [id: 0x7]"
                        + " | timeout (500 ms), increase it. Command: (GET)",
                "for command: (CLIENT SETNAME), params: [hearth], Redis client: [addr=b]"
                        + " | for command: (CLIENT SETNAME)",
                "Unable to connect to Redis server: b/127.0.0.1:6379 | Unable to connect to Redis server: b/127.0.0.1:6379"
            })
    void whatTheClientSaysIsToldWithoutTheParametersOfItsCommand(String said, String told) {
        assertThat(Failures.reason(new RedisException(said))).isEqualTo(told);
    }

    @Test
    void theRootIsToldWithItsKind() {
        assertThat(Failures.root(
                        new RedisException("outside", new RedisTimeoutException("late. Command: (GET), params: [7]"))))
                .isEqualTo("RedisTimeoutException: late. Command: (GET)");
        assertThat(Failures.root(new IllegalStateException())).isEqualTo("IllegalStateException");
    }
}
