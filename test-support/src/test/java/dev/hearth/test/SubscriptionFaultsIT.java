package dev.hearth.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SubscriptionFaultsIT {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final String MESSAGE = "*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$5\r\nhello\r\n";
    private static final String CONFIRMATION = "*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n";

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private final FaultProxy proxy = FaultProxy.to(redis.endpoint());
    private final SubscriptionFaults faults = proxy.subscriptions();
    private RedisConnection commands;
    private Socket subscriber;

    @BeforeEach
    void subscribe() throws IOException {
        commands = proxy.endpoint().connect();
        subscriber = subscribing();
        assertThat(read(subscriber, CONFIRMATION)).isEqualTo(CONFIRMATION);
        assertThat(faults.connections()).isEqualTo(1);
    }

    @AfterEach
    void close() throws IOException {
        subscriber.close();
        commands.close();
        proxy.close();
    }

    @Test
    void aDelayIsOfMessagesAlone() throws IOException {
        faults.delay(Duration.ofMillis(500));
        long started = System.nanoTime();
        publish();
        assertThat(System.nanoTime() - started).isLessThan(500_000_000L);

        assertThat(read(subscriber, MESSAGE)).isEqualTo(MESSAGE);
        assertThat(System.nanoTime() - started).isGreaterThanOrEqualTo(500_000_000L);
    }

    @Test
    void heldMessagesArriveWhenHealed() throws IOException {
        faults.hold();
        publish();
        subscriber.setSoTimeout(100);
        assertThatThrownBy(() -> subscriber.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

        subscriber.setSoTimeout(PATIENCE_MILLIS);
        proxy.heal();
        assertThat(read(subscriber, MESSAGE)).isEqualTo(MESSAGE);
    }

    @Test
    void resetEndsSubscriptionsAloneAndAcceptsNewOnes() throws IOException {
        faults.reset();
        assertThatThrownBy(() -> subscriber.getInputStream().read()).isInstanceOf(SocketException.class);

        assertThat(commands.text("PING")).isEqualTo("PONG");
        try (Socket again = subscribing()) {
            assertThat(read(again, CONFIRMATION)).isEqualTo(CONFIRMATION);
        }
    }

    @Test
    void whileCutNobodySubscribes() throws IOException {
        faults.cut();
        assertThatThrownBy(() -> subscriber.getInputStream().read()).isInstanceOf(SocketException.class);
        try (Socket again = subscribing()) {
            again.setSoTimeout(100);
            assertThatThrownBy(() -> again.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(commands.text("PING")).isEqualTo("PONG");

            again.setSoTimeout(PATIENCE_MILLIS);
            faults.heal();
            assertThat(read(again, CONFIRMATION)).isEqualTo(CONFIRMATION);
        }
    }

    private Socket subscribing() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write("*2\r\n$9\r\nSUBSCRIBE\r\n$4\r\nnews\r\n".getBytes(UTF_8));
        return socket;
    }

    private void publish() {
        assertThat(commands.call("PUBLISH", "news", "hello")).isEqualTo(1L);
    }

    private static String read(Socket socket, String expected) throws IOException {
        return new String(socket.getInputStream().readNBytes(expected.length()), UTF_8);
    }
}
