package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.Database;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What nodes serve that keep copies strictly, when their Redis loses what it knows, or is gone for a while. */
final class NearFaultsIT {
    private static final Logger log = LoggerFactory.getLogger(NearFaultsIT.class);
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration MARGIN = Duration.ofMillis(500);
    private static final Duration WATCHED = LEASE.multipliedBy(3);
    private static final Pattern CALLS = Pattern.compile("cmdstat_(\\w+):calls=(\\d+)");

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static final AtomicLong IDS = new AtomicLong();
    private static RedisServerFixture server;
    private static Nodes running;
    private final long id = IDS.incrementAndGet();
    private RedisConnection connection;
    private CachingNode writer;
    private CachingNode keeper;

    @BeforeAll
    static void start() {
        server = RedisServers.start();
        running = nodes(postgres.database()).start(2);
    }

    private static Nodes.Builder nodes(Database database) {
        return NearPair.settings(Nodes.on(database, server.endpoint()), LEASE)
                .setting("hibernate.cache.hearth.redis.command-timeout", "5s");
    }

    @AfterAll
    static void stop() {
        running.close();
        server.close();
    }

    @BeforeEach
    void keep() {
        connect();
        writer.fixture().inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
        awaitKept("Kite");
    }

    private void connect() {
        connection = server.connect();
        writer = new CachingNode(running.get(0), connection);
        keeper = new CachingNode(running.get(1), connection);
    }

    @AfterEach
    void disconnect() {
        connection.close();
    }

    @Test
    void afterAResetOfTheSubscriptionWhatWasKeptIsNotServedAndComesBack() {
        long clearings = NearNodes.tier(keeper).statistics().clearings();
        connection.call("CLIENT", "KILL", "TYPE", "pubsub");
        Waiting.until(
                "the node has subscribed anew",
                () -> NearNodes.tier(keeper).statistics().clearings() > clearings);

        assertThat(NearPair.ifNear(keeper, product())).isEqualTo("from afar");
        awaitKept("Kite");
    }

    @Test
    void aMessageThatNobodyUnderstandsMayHaveBeenAChange() {
        long clearings = NearNodes.tier(keeper).statistics().clearings();
        connection.call("PUBLISH", "hearth:near", "Z - of a version to come");
        Waiting.until(
                "the node has forgotten what it kept",
                () -> NearNodes.tier(keeper).statistics().clearings() > clearings);

        assertThat(NearPair.ifNear(keeper, product())).isEqualTo("from afar");
        awaitKept("Kite");
    }

    /* The list of nodes is gone too, and writers wait for those whom it named until they must be on the new one. */
    @Test
    void afterFlushallNothingOldIsServed() {
        for (int i = 0; i < 20; i++) {
            String name = "Kite " + i;
            connection.call("FLUSHALL");
            change(name);
            assertThat(lastServedOld(name, Duration.ZERO)).isZero();
        }
        // The counter of messages is gone as well, which is no gap.
        assertThat(NearNodes.tier(keeper).statistics().gaps()).isZero();
        awaitKept("Kite 19");
    }

    /* The list of nodes goes with the server, so that writers may wait for nobody: DESIGN section 9 bounds that. */
    @Test
    void afterARestartOfRedisNothingOldIsServedForLongerThanTheLease() {
        disconnect();
        server.kill();
        server.loseData();
        long began = System.nanoTime();
        server.start();
        change("Box kite");
        long committed = System.nanoTime();
        Duration old = lastServedOld("Box kite", WATCHED);
        log.info(
                "after a restart, a commit took {} ms, and the old value was served for {} ms after it",
                (committed - began) / 1_000_000,
                old.toMillis());
        assertThat(old).isLessThan(LEASE.plus(MARGIN));
        connect();
        awaitKept("Box kite");
    }

    @Test
    void anIdleNodeCostsRedisAFewCommandsASecond() {
        try (RedisConnection redis = server.connect()) {
            redis.call("CONFIG", "RESETSTAT");
            long began = System.nanoTime();
            Waiting.until("some time has passed", () -> System.nanoTime() - began > WATCHED.toNanos());
            String stats = redis.text("INFO", "commandstats");
            double seconds = (System.nanoTime() - began) / 1e9;
            double evalsha = calls(stats, "evalsha") / seconds / running.size();
            log.info(
                    "an idle node with a lease of {}: {} scripts a second, which are {}",
                    LEASE,
                    "%.1f".formatted(evalsha),
                    List.of(stats.split("\r\n")).stream()
                            .map(CALLS::matcher)
                            .filter(Matcher::find)
                            .map(found -> found.group(1) + "=" + found.group(2))
                            .toList());
            assertThat(evalsha).isBetween(0.5, 8.0);
        }
    }

    private static long calls(String stats, String command) {
        Matcher calls = CALLS.matcher(stats);
        while (calls.find()) {
            if (calls.group(1).equals(command)) {
                return Long.parseLong(calls.group(2));
            }
        }
        return 0;
    }

    /** For how long the keeper answers anything but this name, asked for at least the given time. */
    private Duration lastServedOld(String name, Duration watched) {
        long committed = System.nanoTime();
        long lastOld = committed;
        long asked;
        String answer;
        do {
            asked = System.nanoTime();
            answer = keeper.fixture().fromTransaction(product());
            if (!answer.equals(name)) {
                lastOld = asked;
            }
        } while (!answer.equals(name) || asked - committed < watched.toNanos());
        return Duration.ofNanos(lastOld - committed);
    }

    private void awaitKept(String name) {
        NearPair.awaitKept(keeper, product(), name);
    }

    private void change(String name) {
        writer.fixture()
                .inTransaction(session -> session.find(Product.class, id).setName(name));
    }

    private Function<Session, String> product() {
        return session -> session.find(Product.class, id).getName();
    }
}
