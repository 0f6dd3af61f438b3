package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.LogLines;
import dev.hearth.config.HearthSettings;
import dev.hearth.config.RegionKind;
import dev.hearth.statistics.MissReason;
import dev.hearth.test.Eventually;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Regions that a node owes, on a real server. */
final class DebtIT {
    private static final byte[] BODY = "12345678 a value".getBytes(StandardCharsets.UTF_8);

    private RedisServerFixture server;
    private FaultProxy proxy;
    private RemoteTier node;
    private RemoteTier other;
    private RegionStore region;
    private RegionStore atOther;

    @BeforeEach
    void start() {
        server = RedisServers.start();
        proxy = FaultProxy.to(server.endpoint());
        node = tier("node", proxy.url());
        other = tier("other", server.url());
        region = node.region(RegionKind.ENTITY, "Things");
        atOther = other.region(RegionKind.ENTITY, "Things");
        Eventually.holds("the region is open", () -> isOpen(region) && isOpen(atOther));
    }

    @AfterEach
    void stop() {
        node.close();
        other.close();
        proxy.close();
        server.close();
    }

    @Test
    void regionIsNotUsedBeforeItsDebtIsPaid() {
        publish(other, atOther);
        awaitValue(region);
        EntryAddress at = region.address("1");
        proxy.cut();
        Eventually.holds("the node notices", () -> !node.available());

        node.owe(region);

        assertThat(node.regionsInDebt()).containsExactly("Things");
        assertThat(region.get(at)).isEqualTo(new Found.Nothing(MissReason.IN_DEBT));
        assertThat(region.put(at, node.now(), BODY, PutMode.LOAD).join().stored())
                .isFalse();
        assertThat(atOther.get(at)).isInstanceOf(Found.Value.class);

        proxy.heal();
        Eventually.holds("the debt is paid", () -> node.regionsInDebt().isEmpty());
        assertThat(atOther.get(at)).isInstanceOf(Found.Nothing.class);
        Eventually.holds("Redis is back", node::available);
        assertThat(region.get(at)).isInstanceOf(Found.Nothing.class);
    }

    @Test
    void paymentWhileTheTransactionIsUnderWaySettlesNothing() {
        EntryAddress at = region.address("1");
        try (LogLines lines = LogLines.of(Debt.class.getName())) {
            node.openDebt(region);
            node.openDebt(region);
            String begun = generation();
            Eventually.holds(
                    "the region is cleared in the meantime", () -> !generation().equals(begun));

            assertThat(node.regionsInDebt()).containsExactly("Things");
            assertThat(region.get(at)).isEqualTo(new Found.Nothing(MissReason.IN_DEBT));
            publish(other, atOther);

            node.debtCompleted(region);
            String cleared = generation();
            Eventually.holds("the region is cleared again", () -> !generation().equals(cleared));
            assertThat(node.regionsInDebt()).containsExactly("Things");
            publish(other, atOther);

            node.debtCompleted(region);
            Eventually.holds("the debt is paid", () -> node.regionsInDebt().isEmpty());
            assertThat(atOther.get(at)).isInstanceOf(Found.Nothing.class);
            assertThat(lines.all()).hasSize(2);
            assertThat(lines.all().get(0))
                    .isEqualTo("[Things] a change could not be told to Redis; this node reads it from the"
                            + " database until it has cleared it");
            assertThat(lines.all().get(1)).isEqualTo("[Things] debt paid: it was cleared; node node uses it again");
        }
    }

    @Test
    void debtOfATransactionThatNobodyTellsOfLapsesAsItsLockWould() {
        node.openLapsingDebt(region);

        Eventually.holds("the debt is paid", () -> node.regionsInDebt().isEmpty());
    }

    private static RemoteTier tier(String name, String url) {
        HearthSettings settings = HearthSettings.read(Map.of(
                "hibernate.cache.hearth.redis.url", url,
                "hibernate.cache.hearth.redis.command-timeout", "900ms",
                "hibernate.cache.hearth.poll-interval", "100ms",
                "hibernate.cache.hearth.lock-timeout", "1s"));
        RemoteTier tier = new RemoteTier(name, settings, RedisConnection.open(settings.redis()), System::nanoTime);
        tier.start();
        Eventually.holds(name + " reaches Redis", tier::available);
        return tier;
    }

    private static void publish(RemoteTier tier, RegionStore store) {
        Eventually.holds("the value is published", () -> {
            var unused = store.await(store.put(store.address("1"), tier.now(), BODY, PutMode.LOAD));
            return isValue(store);
        });
    }

    private static void awaitValue(RegionStore store) {
        Eventually.holds("the value is there", () -> isValue(store));
    }

    private static boolean isOpen(RegionStore store) {
        CompletableFuture<Void> ready = store.ready();
        return ready.isDone() && !ready.isCompletedExceptionally();
    }

    private static boolean isValue(RegionStore store) {
        return store.get(store.address("1")) instanceof Found.Value;
    }

    private String generation() {
        try (dev.hearth.test.RedisConnection connection = server.connect()) {
            return String.valueOf(connection.text("GETRANGE", "hearth:{Things.0}", 1, 16));
        }
    }
}
