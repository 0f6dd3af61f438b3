package dev.hearth.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RedisServerFixtureIT {
    private final RedisServerFixture server = RedisServers.start();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void aStoppedServerComesBackOnItsPortWithItsData() {
        set("kept");
        int port = server.port();
        server.stop();
        assertThat(server.isRunning()).isFalse();
        assertThatThrownBy(server::connect).isInstanceOf(UncheckedIOException.class);
        server.start();
        assertThat(server.port()).isEqualTo(port);
        assertThat(get()).isEqualTo("kept");
    }

    @Test
    void aKilledServerLosesWhatItHadNotSaved() {
        set("lost");
        server.kill();
        server.start();
        assertThat(get()).isNull();
    }

    @Test
    void aKilledServerComesBackWithItsLastSnapshot() {
        set("old");
        server.saveSnapshot();
        set("new");
        server.kill();
        server.start();
        assertThat(get()).isEqualTo("old");
    }

    @Test
    void anOldSnapshotCanBeRestoredOverNewerData() {
        set("old");
        server.saveSnapshot();
        set("new");
        server.stop();
        server.restoreSnapshot();
        server.start();
        assertThat(get()).isEqualTo("old");
    }

    @Test
    void aServerThatLostItsDiskStartsEmpty() {
        set("lost");
        server.stop();
        server.loseData();
        server.start();
        assertThat(get()).isNull();
    }

    @Test
    void aPausedServerAcceptsAndAnswersOnlyAfterItGoesOn() throws IOException {
        server.pause();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 1_000);
            socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            server.resume();
            socket.setSoTimeout(5_000);
            assertThat(socket.getInputStream().readNBytes(7)).asString().isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void aPausedServerCanBeKilled() {
        server.pause();
        server.kill();
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void theDiskOfARunningServerIsLeftAlone() {
        assertThatThrownBy(server::restoreSnapshot)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must be down");
    }

    @Test
    void aServerThatCannotStartSaysWhy() {
        assertThatThrownBy(() -> RedisServers.start("--no-such-option", "1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no-such-option");
    }

    private void set(String value) {
        try (RedisConnection connection = server.connect()) {
            connection.call("SET", "key", value);
        }
    }

    private @Nullable String get() {
        try (RedisConnection connection = server.connect()) {
            return connection.text("GET", "key");
        }
    }
}
