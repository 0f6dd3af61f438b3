package dev.hearth;

import static dev.hearth.Products.awaitHit;
import static dev.hearth.Products.awaitRecovered;
import static dev.hearth.Products.factory;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.hearth.Traffic.Latencies;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** A Redis that accepts connections and never answers, or does not even accept them. */
final class SilentRedisIT {
    private static final Logger log = (Logger) LoggerFactory.getLogger(SilentRedisIT.class);
    private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(500);
    /* What a busy machine may add to an operation that waits for the timeout. */
    private static final Duration SLACK = Duration.ofMillis(1500);
    private static final int OPERATIONS = 1000;

    static {
        // The figures are worth reading.
        log.setLevel(Level.INFO);
    }

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @Test
    void silenceFailsNoRequestAndAddsOneCommandTimeoutPerThreadAtMost() {
        try (RedisServerFixture server = RedisServers.start();
                FaultProxy proxy = FaultProxy.to(server.endpoint());
                Nodes nodes =
                        Products.nodes(postgres.database(), proxy.endpoint()).start(1);
                Nodes uncached = Products.nodes(postgres.database(), proxy.endpoint())
                        .setting("hibernate.cache.use_second_level_cache", "false")
                        .setting("hibernate.cache.use_query_cache", "false")
                        .keepSchema()
                        .start(1)) {
            Products.fill(nodes);
            Latencies without = latencies(uncached.get(0));
            Latencies healthy = latencies(nodes.get(0));
            Latencies silent;
            awaitRecovered(nodes.get(0));
            try (LogLines lines = LogLines.of("dev.hearth.store");
                    Traffic traffic = Traffic.on(nodes.get(0), "silent")) {
                traffic.goesOn(100);
                proxy.hold();
                traffic.measureAnew();
                traffic.goesOn(OPERATIONS);
                silent = traffic.latencies();

                assertThat(traffic.failures()).isEmpty();
                assertThat(lines.with("Redis does not answer")).hasSize(1);
                // The outage, and once each for the region and the table that were changed meanwhile.
                assertThat(lines.all()).hasSizeLessThanOrEqualTo(3);
            }
            log.info("without cache: {}", without);
            log.info("Redis healthy: {}", healthy);
            log.info("Redis silent:  {}", silent);

            assertThat(silent.longest()).isLessThan(COMMAND_TIMEOUT.plus(SLACK));
            assertThat(silent.slowerThan(COMMAND_TIMEOUT.multipliedBy(9).dividedBy(10)))
                    .isLessThanOrEqualTo(Traffic.THREADS);

            proxy.heal();
            awaitRecovered(nodes.get(0));
            Products.assertNothingStale(postgres.database(), nodes);
        }
    }

    private static Latencies latencies(NodeFixture node) {
        try (Traffic traffic = Traffic.on(node, "quiet")) {
            traffic.goesOn(300);
            traffic.measureAnew();
            traffic.goesOn(OPERATIONS);
            assertThat(traffic.failures()).isEmpty();
            return traffic.latencies();
        }
    }

    @Test
    void nodeStartsOnASilentRedisAndTheCacheComesAliveByItself() {
        try (RedisServerFixture server = RedisServers.start();
                FaultProxy proxy = FaultProxy.to(server.endpoint())) {
            proxy.hold();
            startsAndComesAlive(proxy);
        }
    }

    @Test
    void nodeStartsWithoutRedisAndTheCacheComesAliveByItself() {
        try (RedisServerFixture server = RedisServers.start();
                FaultProxy proxy = FaultProxy.to(server.endpoint())) {
            proxy.cut();
            startsAndComesAlive(proxy);
        }
    }

    private static void startsAndComesAlive(FaultProxy proxy) {
        long begun = System.nanoTime();
        try (Nodes nodes = Products.nodes(postgres.database(), proxy.endpoint()).start(1)) {
            NodeFixture node = nodes.get(0);
            log.info(
                    "started in {} ms",
                    Duration.ofNanos(System.nanoTime() - begun).toMillis());
            assertThat(factory(node).isAvailable()).isFalse();
            Products.persist(node);
            try (Traffic traffic = Traffic.on(node, "alone")) {
                traffic.goesOn(50);
                proxy.heal();
                awaitRecovered(node);
                traffic.goesOn(50);
                assertThat(traffic.failures()).isEmpty();
            }
            awaitRecovered(node);
            awaitHit(node, 1);
            Products.assertNothingStale(postgres.database(), nodes);
        }
    }
}
