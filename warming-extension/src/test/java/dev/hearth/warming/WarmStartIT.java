package dev.hearth.warming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisExtension;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application's start, as its nodes live through it: what is declared is in the cache before the first request. */
final class WarmStartIT {
    private static final int NOVELS = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private Nodes nodes;

    @BeforeEach
    void startNodes() {
        nodes = Nodes.on(postgres.database(), redis.endpoint())
                .entities(List.of(Novel.class))
                .setting("hibernate.cache.hearth.keyspace", redis.keyspace())
                .setting("hibernate.cache.hearth.redis.command-timeout", "5s")
                .start(2);
        nodes.get(0)
                .inTransaction(session -> LongStream.rangeClosed(1, NOVELS)
                        .forEach(id -> session.persist(new Novel(id, "novel " + id, 90 + (int) id))));
        nodes.get(0).sessionFactory().getCache().evictAllRegions();
    }

    @AfterEach
    void stopNodes() {
        nodes.close();
    }

    @Test
    void whatTheEntityDeclaresIsServedWithoutSqlOnceTheCriticalTasksAreDone() throws Exception {
        try (Warming first = Warming.start(nodes.get(0).sessionFactory());
                Warming second = Warming.start(nodes.get(1).sessionFactory())) {
            assertThat(first.awaitCritical(PATIENCE)).isTrue();
            assertThat(second.awaitCritical(PATIENCE)).isTrue();

            for (NodeFixture node : List.of(nodes.get(0), nodes.get(1))) {
                long before = node.sql().ofThisThread();
                node.inTransaction((Session session) -> LongStream.rangeClosed(11, NOVELS)
                        .forEach(id -> assertThat(session.find(Novel.class, id)).isNotNull()));
                assertThat(node.sql().ofThisThread() - before)
                        .as("novels of more than 100 pages")
                        .isZero();
            }
            assertThat(first.status("Novel").progress().read()
                            + second.status("Novel").progress().read())
                    .as("each row is loaded by one of them")
                    .isEqualTo(NOVELS - 10);
        }
    }
}
