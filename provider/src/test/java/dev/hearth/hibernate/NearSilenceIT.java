package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.SubscriptionFaults;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node serves that hears nothing of a change, and how long the one that changes it waits for that node. */
final class NearSilenceIT {
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration MARGIN = Duration.ofSeconds(1);

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(1, NearSilenceIT::settings);

    private static final AtomicLong IDS = new AtomicLong();
    private static NearPair pair;
    private final CachingNode writer = pair.writer();
    private final CachingNode keeper = pair.keeper();
    private final long id = IDS.incrementAndGet();

    /** How a node becomes deaf. */
    enum Silence {
        HELD(SubscriptionFaults::hold),
        CUT(SubscriptionFaults::cut);

        private final Consumer<SubscriptionFaults> fault;

        Silence(Consumer<SubscriptionFaults> fault) {
            this.fault = fault;
        }

        void begin(FaultProxy proxy) {
            fault.accept(proxy.subscriptions());
        }
    }

    /** What the keeper answered, and when it was asked. */
    private record Seen(long began, String name) {}

    private static Nodes.Builder settings(Nodes.Builder builder) {
        // Results would be kept strictly otherwise, and every commit wait for their tables.
        return NearPair.settings(builder, LEASE)
                .setting("hibernate.cache.hearth.query.near", "fast")
                .setting("hibernate.cache.hearth.region." + Customer.class.getName() + ".near", "fast");
    }

    @BeforeAll
    static void start() {
        pair = NearPair.with(nodes, NearSilenceIT::settings);
        NearNodes.awaitTrust(pair.writer());
    }

    @AfterEach
    void heal() {
        pair.proxy().heal();
        // Else the next test's changes would wait for what this one has left.
        Waiting.until("the keeper hears", () -> NearNodes.tier(keeper).servesStrictly());
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @ParameterizedTest
    @EnumSource
    void aStrictCommitWaitsUntilTheDeafNodeServesNothing(Silence silence) {
        writer.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
        pair.awaitKept(product(), "Kite");
        long outwaited = NearNodes.tier(writer).statistics().outwaitedLeases();

        silence.begin(pair.proxy());
        long began = System.nanoTime();
        CompletableFuture<Long> commit =
                commit(session -> session.find(Product.class, id).setName("Box kite"));
        List<Seen> seen = reading(
                product(),
                () -> commit.isDone()
                        && System.nanoTime() - commit.join()
                                > Duration.ofMillis(300).toNanos());

        assertThat(Duration.ofNanos(commit.join() - began)).isBetween(LEASE, LEASE.plus(MARGIN));
        assertThat(NearNodes.tier(writer).statistics().outwaitedLeases()).isEqualTo(outwaited + 1);
        assertThat(seen.stream().filter(read -> read.name.equals("Kite")))
                .as("reads of what was still committed")
                .isNotEmpty();
        assertThat(seen.stream().filter(read -> read.began >= commit.join()))
                .as("reads after the commit, which ended at %d", commit.join())
                .isNotEmpty()
                .allMatch(read -> read.name.equals("Box kite"));

        pair.proxy().heal();
        pair.awaitKept(product(), "Box kite");
    }

    @ParameterizedTest
    @EnumSource
    void aFastCommitWaitsForNobodyAndTheDeafNodeServesTheOldValueForALeaseAtMost(Silence silence) {
        fillCustomer();
        silence.begin(pair.proxy());
        long began = System.nanoTime();
        long committed = commit(session -> session.find(Customer.class, id).setName("Grace"))
                .join();
        List<Seen> seen = reading(
                customer(),
                () -> System.nanoTime() - committed > LEASE.plus(MARGIN).toNanos());

        assertThat(Duration.ofNanos(committed - began)).isLessThan(LEASE.dividedBy(2));
        assertThat(seen.get(0).name).as("what the deaf node serves").isEqualTo("Ada");
        assertThat(staleness(seen, committed, "Ada")).isLessThan(LEASE.plus(LEASE.dividedBy(4)));
        assertThat(seen.get(seen.size() - 1).name).isEqualTo("Grace");

        pair.proxy().heal();
        pair.awaitKept(customer(), "Grace");
    }

    @Test
    void afterAFastCommitTheOldValueIsServedUntilTheMessageArrives() {
        fillCustomer();
        pair.proxy().subscriptions().hold();
        long committed = commit(session -> session.find(Customer.class, id).setName("Grace"))
                .join();
        assertThat(NearPair.ifNear(keeper, customer())).isEqualTo("Ada");

        pair.proxy().heal();
        Waiting.until(
                "the change is heard",
                () -> "Grace".equals(keeper.ask(customer()::apply).value()));
        assertThat(Duration.ofNanos(System.nanoTime() - committed)).isLessThan(LEASE);
    }

    private void fillCustomer() {
        writer.inTransaction(session -> session.persist(new Customer(id, "ada" + id + "@example.org", "Ada", null)));
        pair.awaitKept(customer(), "Ada");
    }

    private Function<Session, String> product() {
        return session -> session.find(Product.class, id).getName();
    }

    private Function<Session, String> customer() {
        return session -> session.find(Customer.class, id).getName();
    }

    /** Changes on a thread of its own; answers when that was committed. */
    private CompletableFuture<Long> commit(Consumer<Session> change) {
        return CompletableFuture.supplyAsync(() -> {
            writer.fixture().inTransaction(change);
            return System.nanoTime();
        });
    }

    /** Reads on the keeper again and again. */
    private List<Seen> reading(Function<Session, String> question, BooleanSupplier enough) {
        Stream.Builder<Seen> seen = Stream.builder();
        do {
            long began = System.nanoTime();
            seen.add(new Seen(began, keeper.fixture().fromTransaction(question)));
        } while (!enough.getAsBoolean());
        return seen.build().toList();
    }

    private static Duration staleness(List<Seen> seen, long committed, String old) {
        return Duration.ofNanos(seen.stream()
                .filter(read -> read.name.equals(old))
                .mapToLong(read -> read.began - committed)
                .max()
                .orElse(0));
    }
}
