package dev.hearth.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.Redisson;
import org.redisson.api.RFuture;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

final class RoundTripsIT {
    private static final Duration QUIET = Duration.ofMillis(100);

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private final FaultProxy proxy = FaultProxy.to(redis.endpoint());
    private final RoundTrips roundTrips = RoundTrips.on(proxy);

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @Test
    void commandsThatWaitForEachOtherCountOneByOne() throws Exception {
        try (RedisConnection connection = proxy.endpoint().connect()) {
            RoundTrips.Counts counts = roundTrips.during(() -> {
                connection.call("SET", "key", "value");
                connection.call("GET", "key");
            });
            assertThat(counts.roundTrips()).isEqualTo(2);
            assertThat(counts.names()).containsExactly("SET", "GET");
            assertThat(counts.commands()).first().hasToString("SET key value");
        }
    }

    @Test
    void commandsThatTravelTogetherCountOnce() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            socket.getOutputStream().write("SET a 1\r\nGET a\r\nGET b\r\n".getBytes(UTF_8));
            socket.getInputStream().readNBytes("+OK\r\n$1\r\n1\r\n$-1\r\n".length());
            assertThat(roundTrips.counts().roundTrips()).isEqualTo(1);
            assertThat(roundTrips.counts().names()).containsExactly("SET", "GET", "GET");
        }
    }

    @Test
    void setUpAndPollingDoNotCount() throws Exception {
        try (RedisConnection connection = proxy.endpoint().connect()) {
            for (String polled : List.of("PING", "TIME", "INFO")) {
                connection.call(polled);
            }
            connection.call("CLIENT", "SETNAME", "someone");
            connection.call("SELECT", "0");
        }
        assertThat(roundTrips.counts()).isEqualTo(new RoundTrips.Counts(0, List.of()));
    }

    @Test
    void whatNodesTellEachOtherCountsOnlyWhereItIsAskedFor() {
        RoundTrips ofNodesToo = RoundTrips.ofNodesToo(proxy);
        try (RedisConnection connection = proxy.endpoint().connect()) {
            connection.call("HMGET", "keyspace:{hot}", "region");
            connection.call("EVAL", "return 1", "1", "keyspace:{nodes}");
            connection.call("PUBLISH", "keyspace:near.acks", "node 1");
        }
        assertThat(roundTrips.counts().commands()).isEmpty();
        assertThat(ofNodesToo.counts().names()).containsExactly("HMGET", "EVAL", "PUBLISH");
    }

    @Test
    void anErrorIsAnAnswer() throws Exception {
        try (RedisConnection connection = proxy.endpoint().connect()) {
            assertThatThrownBy(() -> connection.call("NOSUCH")).isInstanceOf(IllegalStateException.class);
            connection.call("GET", "key");
            assertThat(roundTrips.counts().roundTrips()).isEqualTo(2);
        }
    }

    @Test
    void whatTheCallerNamesDoesNotCountEither() {
        RoundTrips withoutPublish = RoundTrips.on(proxy, "PUBLISH");
        try (RedisConnection connection = proxy.endpoint().connect()) {
            connection.call("PUBLISH", "channel", "message");
            assertThat(withoutPublish.counts().roundTrips()).isZero();
            assertThat(roundTrips.counts().roundTrips()).isEqualTo(1);
        }
    }

    @Test
    void aCommandWhoseConnectionWasLostIsNoLongerWaitedFor() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                RedisConnection direct = redis.connect()) {
            socket.getOutputStream().write("RPUSH seen yes\r\nBLPOP nothing 0\r\nGET a\r\n".getBytes(UTF_8));
            assertThat(direct.call("BLPOP", "seen", 5)).isNotNull();
        }
        roundTrips.awaitQuiet(QUIET);
        assertThat(proxy.connections()).isZero();
    }

    @Test
    void aRealClientThatIsIdleOrSubscribedCountsNothingAndAReadCountsOne() throws Exception {
        RedissonClient client = client();
        try {
            client.getTopic("topic").addListener(String.class, (channel, message) -> {});
            roundTrips.awaitQuiet(QUIET);
            assertThat(roundTrips.duringAndAfter(() -> {}, QUIET).roundTrips()).isZero();
            RoundTrips.Counts hit = roundTrips.during(
                    () -> client.getBucket("bucket", StringCodec.INSTANCE).get());
            assertThat(hit.roundTrips()).isEqualTo(1);
            assertThat(hit.names()).containsExactly("GET");
        } finally {
            client.shutdown();
        }
    }

    @Test
    void withADelayCommandsSentWithoutWaitingCountOnceOverAllConnections() throws Exception {
        RedissonClient client = client();
        try {
            client.getBucket("warm", StringCodec.INSTANCE).get();
            proxy.delay(Duration.ZERO, Duration.ofMillis(300));
            RoundTrips.Counts counts = roundTrips.during(() -> setManyAndWait(client));
            assertThat(counts.commands()).hasSize(20);
            assertThat(counts.roundTrips()).isEqualTo(1);
        } finally {
            proxy.heal();
            client.shutdown();
        }
    }

    private static void setManyAndWait(RedissonClient client) {
        List<CompletableFuture<Void>> sent = IntStream.range(0, 20)
                .mapToObj(i ->
                        client.getBucket("bucket" + i, StringCodec.INSTANCE).setAsync("value"))
                .map(RFuture::toCompletableFuture)
                .toList();
        sent.forEach(CompletableFuture::join);
    }

    private RedissonClient client() {
        Config config = new Config();
        config.useSingleServer()
                .setAddress(proxy.url())
                .setConnectionPoolSize(24)
                .setConnectionMinimumIdleSize(24);
        return Redisson.create(config);
    }
}
