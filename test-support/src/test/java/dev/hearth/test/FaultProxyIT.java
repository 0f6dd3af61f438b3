package dev.hearth.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class FaultProxyIT {
    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private final FaultProxy proxy = FaultProxy.to(redis.endpoint());

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @Test
    void passesBytesUnchanged() {
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        try (RedisConnection connection = proxy.endpoint().connect()) {
            connection.call("SET", "large", large);
            assertThat(connection.call("GET", "large")).isEqualTo(large);
        }
    }

    @Test
    void delaysEachWay() {
        try (RedisConnection connection = proxy.endpoint().connect()) {
            proxy.delay(Duration.ofMillis(100), Duration.ofMillis(200));
            assertThat(nanosOf(() -> connection.call("PING"))).isGreaterThanOrEqualTo(300_000_000L);
            proxy.heal();
            assertThat(nanosOf(() -> connection.call("PING"))).isLessThan(300_000_000L);
        }
    }

    @Test
    void aDelayAddsLatencyAndDoesNotSlowTheStream() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            proxy.delayRoundTrip(Duration.ofMillis(200));
            long started = System.nanoTime();
            for (int i = 0; i < 50; i++) {
                socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));
            }
            assertThat(socket.getInputStream().readNBytes(50 * 7)).hasSize(350);
            assertThat(System.nanoTime() - started).isBetween(200_000_000L, 5_000_000_000L);
        }
    }

    @Test
    void cutResetsConnectionsAndRefusesNewOnesUntilHealed() {
        int port = proxy.port();
        try (RedisConnection connection = proxy.endpoint().connect()) {
            connection.call("PING");
            proxy.cut();
            assertThatThrownBy(() -> connection.call("PING")).isInstanceOf(UncheckedIOException.class);
        }
        assertThatThrownBy(() -> proxy.endpoint().connect()).isInstanceOf(UncheckedIOException.class);
        assertThat(proxy.connections()).isZero();
        proxy.heal();
        assertThat(proxy.port()).isEqualTo(port);
        try (RedisConnection connection = proxy.endpoint().connect()) {
            assertThat(connection.text("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void holdAcceptsAndAnswersNothingUntilHealed() throws IOException {
        proxy.hold();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            proxy.heal();
            socket.setSoTimeout(5_000);
            assertThat(socket.getInputStream().readNBytes(7)).asString(UTF_8).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void holdAnswersLetsTheCommandHappen() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                RedisConnection direct = redis.connect()) {
            direct.call("DEL", "list");
            proxy.holdAnswers();
            socket.getOutputStream().write("RPUSH list a\r\n".getBytes(UTF_8));
            assertThat(direct.call("BLPOP", "list", 5)).isNotNull();
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void resetEndsConnectionsAndAcceptsNewOnes() {
        try (RedisConnection connection = proxy.endpoint().connect()) {
            connection.call("PING");
            proxy.reset();
            assertThatThrownBy(() -> connection.call("PING")).isInstanceOf(UncheckedIOException.class);
        }
        try (RedisConnection connection = proxy.endpoint().connect()) {
            assertThat(connection.text("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void theEndOfTheServerReachesTheClientAndANewServerIsFound() {
        try (RedisServerFixture server = RedisServers.start();
                FaultProxy toServer = FaultProxy.to(server.endpoint())) {
            try (RedisConnection connection = toServer.endpoint().connect()) {
                connection.call("PING");
                server.kill();
                assertThatThrownBy(() -> connection.call("PING")).isInstanceOf(UncheckedIOException.class);
            }
            server.start();
            try (RedisConnection connection = toServer.endpoint().connect()) {
                assertThat(connection.text("PING")).isEqualTo("PONG");
            }
        }
    }

    @Test
    void everyCutRefusesFromItsReturnOnAndEveryHealAccepts() {
        for (int round = 0; round < 100; round++) {
            proxy.cut();
            assertThatThrownBy(() -> proxy.endpoint().connect()).isInstanceOf(UncheckedIOException.class);
            proxy.heal();
            proxy.endpoint().connect().close();
        }
    }

    @Test
    void aClosedProxyStaysClosed() {
        proxy.close();
        proxy.heal();
        assertThatThrownBy(() -> proxy.endpoint().connect()).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aNegativeDelayIsRefused() {
        assertThatThrownBy(() -> proxy.delay(Duration.ofMillis(-1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.001S");
    }

    private static long nanosOf(Runnable work) {
        long started = System.nanoTime();
        work.run();
        return System.nanoTime() - started;
    }
}
