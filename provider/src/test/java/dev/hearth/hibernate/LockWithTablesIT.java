package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.RoundTrips;
import dev.hearth.test.SentCommand;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table is announced with the first lock of an entity in it, and settled with its release: one command, one message. */
final class LockWithTablesIT {
    private static final Duration LEASE = Duration.ofSeconds(1);
    /* Longer than what is sent without waiting takes to leave; heartbeats are not counted. */
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final String QUERY_CACHE = "hibernate.cache.use_query_cache";

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            1, builder -> NearPair.settings(builder, LEASE).setting(QUERY_CACHE, "true"));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);

    @Test
    void anUpdateIsTwoCommands() throws Exception {
        assertThat(commands(1, session -> session.find(Product.class, last()).setName("Ball")))
                .containsExactly("EVALSHA", "EVALSHA");
    }

    @Test
    void aRemovalIsTwoCommands() throws Exception {
        assertThat(commands(1, session -> session.remove(session.find(Product.class, last()))))
                .containsExactly("EVALSHA", "EVALSHA");
    }

    @Test
    void moreEntitiesAreTwoCommandsEach() throws Exception {
        assertThat(commands(
                        3,
                        session -> LongStream.rangeClosed(last() - 2, last())
                                .forEach(id -> session.find(Product.class, id).setName("Ball"))))
                .hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hibernate.cache.hearth.query.near", "hibernate.cache.hearth.entity.near"})
    void aNodeThatKeepsOneOfTheTwoAcknowledgesForBoth(String off) {
        long id = persist(1);
        try (NearPair pair = NearPair.with(
                nodes,
                builder -> NearPair.settings(builder, LEASE)
                        .setting(QUERY_CACHE, "true")
                        .setting(off, "off"))) {
            NearNodes.awaitTrust(pair.keeper());
            Waiting.until(
                    "the writer knows the keeper",
                    () -> NearNodes.tier(writer).others().size() == 1);
            long outwaited = NearNodes.tier(writer).statistics().outwaitedLeases();
            long waits = NearNodes.tier(writer).statistics().waits();
            pair.proxy().delayRoundTrip(Duration.ofMillis(50));

            writer.inTransaction(session -> session.find(Product.class, id).setName("Ball"));

            assertThat(NearNodes.tier(writer).statistics().waits()).isEqualTo(waits + 1);
            assertThat(NearNodes.tier(writer).statistics().outwaitedLeases()).isEqualTo(outwaited);
        }
    }

    /** Not the sweeping of stale results, which comes once a second. */
    private static boolean isOfEntriesOrTables(SentCommand command) {
        return command.arguments().stream().anyMatch(word -> word.contains("Product.0}") || word.endsWith(":{tables}"));
    }

    private static long last() {
        return IDS.get();
    }

    private long persist(int count) {
        writer.inTransaction(session -> {
            for (int i = 0; i < count; i++) {
                session.persist(new Product(IDS.incrementAndGet(), "Kite", BigDecimal.ONE, null));
            }
        });
        return last();
    }

    /** What a transaction on a node without copies sends to Redis but to read. */
    private List<String> commands(int products, Consumer<Session> change) throws Exception {
        long other = persist(1);
        persist(products);
        try (FaultProxy proxy = FaultProxy.to(nodes.redis().endpoint());
                Nodes behindProxy = nodes.builder()
                        .keepSchema()
                        .setting(Nodes.REDIS_URL, proxy.url())
                        .setting(QUERY_CACHE, "true")
                        .setting(Nodes.NEAR, "off")
                        .start(1)) {
            CachingNode node = nodes.caching(behindProxy.get(0));
            RoundTrips wire = RoundTrips.on(proxy, "MGET");
            node.askUntilCached(session -> session.find(Product.class, other).getName());
            // Redis has seen the scripts from here on.
            node.inTransaction(session -> session.find(Product.class, other).setName("Ball"));
            node.settle();
            return wire.duringAndAfter(() -> node.fixture().inTransaction(change::accept), QUIET).commands().stream()
                    .filter(LockWithTablesIT::isOfEntriesOrTables)
                    .map(SentCommand::name)
                    .toList();
        }
    }
}
