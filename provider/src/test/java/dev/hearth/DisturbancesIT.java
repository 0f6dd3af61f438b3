package dev.hearth;

import static dev.hearth.Products.factory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.PutRefusal;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.Eventually;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.Interceptor;
import org.hibernate.type.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator, or a garbage collector, does to Redis and to a node in the midst of traffic. */
final class DisturbancesIT {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @ParameterizedTest
    @ValueSource(strings = {"FLUSHALL", "SCRIPT FLUSH", "CLIENT KILL TYPE normal"})
    void failsNoRequestAndLeavesNothingStale(String command) {
        try (RedisServerFixture server = RedisServers.start();
                Nodes nodes =
                        Products.nodes(postgres.database(), server.endpoint()).start(2)) {
            Products.fill(nodes);
            try (Traffic first = Traffic.on(nodes.get(0), "first");
                    Traffic second = Traffic.on(nodes.get(1), "second");
                    RedisConnection operator = server.connect()) {
                for (int time = 0; time < 5; time++) {
                    first.goesOn(40);
                    second.goesOn(40);
                    operator.call((Object[]) command.split(" "));
                }
                first.goesOn(40);
                second.goesOn(40);
                first.close();
                second.close();
                assertThat(first.failures()).isEmpty();
                assertThat(second.failures()).isEmpty();
            }

            nodes.forEach(Products::awaitRecovered);
            Products.assertNothingStale(postgres.database(), nodes);
        }
    }

    @Test
    void nodeThatStallsBetweenLoadAndPutDoesNotPublish() {
        AtomicLong stalled = new AtomicLong();
        try (RedisServerFixture server = RedisServers.start();
                Nodes nodes = Products.nodes(postgres.database(), server.endpoint())
                        .regionFactory(new HearthRegionFactory(() -> System.nanoTime() + stalled.get()))
                        .setting("hibernate.session_factory.interceptor", new StallingInterceptor(stalled))
                        .start(1)) {
            NodeFixture node = nodes.get(0);
            Products.fill(nodes);
            server.endpoint().flush();
            RegionStatistics statistics =
                    factory(node).statistics(Products.REGION).orElseThrow();
            long puts = statistics.puts();

            StallingInterceptor.duration = Duration.ofSeconds(6);
            assertThat(Products.name(node, 1)).isEqualTo("new 1");
            StallingInterceptor.duration = Duration.ZERO;

            assertThat(statistics.refusals(PutRefusal.NO_STAMP)).isEqualTo(1);
            assertThat(statistics.puts()).isEqualTo(puts);
            try (RedisConnection connection = server.connect()) {
                assertThat(connection.keys("hearth:{*}:1")).isEmpty();
            }
            Products.awaitHit(node, 1);
        }
    }

    /** Lets the node's clock jump when an entity has been read from the database. */
    private static final class StallingInterceptor implements Interceptor {
        static volatile Duration duration = Duration.ZERO;
        private final transient AtomicLong stalled;

        StallingInterceptor(AtomicLong stalled) {
            this.stalled = stalled;
        }

        @Override
        public boolean onLoad(Object entity, Object id, Object[] state, String[] names, Type[] types) {
            stalled.addAndGet(duration.toNanos());
            return false;
        }
    }

    @Test
    void closingDuringAnOutageIsBoundedAndLeavesNoThreads() {
        try (RedisServerFixture server = RedisServers.start();
                FaultProxy proxy = FaultProxy.to(server.endpoint())) {
            List<Thread> before = ours();
            Nodes nodes = Products.nodes(postgres.database(), proxy.endpoint()).start(1);
            Products.fill(nodes);
            try (Traffic traffic = Traffic.on(nodes.get(0), "last")) {
                traffic.goesOn(50);
                proxy.hold();
                traffic.goesOn(50);
            }
            long begun = System.nanoTime();

            nodes.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
            Eventually.holds("its threads end", () -> before.containsAll(ours()));
        }
    }

    private static List<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().contains("hearth") || thread.getName().contains("redisson"))
                .toList();
    }
}
