package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.Nodes;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes that come and go while others change what they keep near, and strictly. */
final class NearMembersIT {
    private static final Duration LEASE = Duration.ofSeconds(1);

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(1, builder -> NearPair.settings(builder, LEASE));

    private static final AtomicLong IDS = new AtomicLong();
    private final CachingNode writer = nodes.get(0);
    private final long id = IDS.incrementAndGet();

    @BeforeAll
    static void start() {
        NearNodes.awaitTrust(nodes.get(0));
    }

    @BeforeEach
    void fill() {
        writer.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
    }

    @Test
    void aNodeThatJoinsServesNothingNearBeforeWritersWaitForIt() {
        try (NearPair pair = NearPair.with(nodes, builder -> NearPair.settings(builder, LEASE))) {
            CachingNode joining = pair.keeper();
            while (!NearNodes.tier(joining).servesStrictly()) {
                joining.fixture().fromTransaction(product());
                if (!NearNodes.tier(joining).servesStrictly()) {
                    assertThat(joining.statistics(Product.class).nearHits()).isZero();
                }
            }
            pair.proxy().subscriptions().hold();
            CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> change("Box kite"));
            while (!commit.isDone()) {
                assertThat(joining.fixture().fromTransaction(product())).isIn("Kite", "Box kite");
            }
            assertThat(joining.fixture().fromTransaction(product())).isEqualTo("Box kite");

            pair.proxy().heal();
            pair.awaitKept(product(), "Box kite");
        }
    }

    @Test
    void aClosedNodeDelaysNoWriter() {
        for (int i = 0; i < 2; i++) {
            NearPair pair = NearPair.with(nodes, builder -> NearPair.settings(builder, LEASE));
            try {
                pair.awaitKept(product(), i == 0 ? "Kite" : "Kite 0");
            } finally {
                pair.close();
            }
            long outwaited = NearNodes.tier(writer).statistics().outwaitedLeases();

            String name = "Kite " + i;
            long began = System.nanoTime();
            change(name);

            assertThat(NearNodes.tier(writer).statistics().outwaitedLeases()).isEqualTo(outwaited);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LEASE);
        }
    }

    @Test
    void aNodeWhoseOwnLeaseIsLongerIsDeafForNoLongerThanOthersWait() {
        Duration longer = LEASE.multipliedBy(3);
        try (NearPair pair = NearPair.with(nodes, builder -> NearPair.settings(builder, longer))) {
            pair.awaitKept(product(), "Kite");
            pair.proxy().subscriptions().hold();

            change("Box kite");

            assertThat(pair.keeper().fixture().fromTransaction(product())).isEqualTo("Box kite");
        }
    }

    @Test
    void aNodeThatKeepsNothingStrictlyIsNotWaitedFor() {
        try (NearPair pair = NearPair.with(
                nodes, builder -> NearPair.settings(builder, LEASE).setting(Nodes.NEAR, "fast"))) {
            Waiting.until("it is kept near", () -> {
                pair.keeper().ask(product()::apply);
                return NearPair.ifNear(pair.keeper(), product()).equals("Kite");
            });
            pair.proxy().subscriptions().hold();
            long outwaited = NearNodes.tier(writer).statistics().outwaitedLeases();

            change("Box kite");

            assertThat(NearNodes.tier(writer).statistics().outwaitedLeases()).isEqualTo(outwaited);
        }
    }

    private void change(String name) {
        writer.fixture()
                .inTransaction(session -> session.find(Product.class, id).setName(name));
    }

    private Function<Session, String> product() {
        return session -> session.find(Product.class, id).getName();
    }
}
