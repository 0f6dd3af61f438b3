package dev.hearth.warming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.BulkLoad;
import dev.hearth.CacheUnavailableException;
import dev.hearth.test.Eventually;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** A warm-up beside writers, without Redis, and when it is to end. */
final class LoaderFaultsIT extends LoaderFixture {
    @Test
    void whatIsCommittedBetweenReadAndPutStays() throws Exception {
        UUID id = GAUGES.get(6);
        Gauge.whenRead = () -> rename(id, "newer");
        loader.load(where(Gauge.class, "e.id = :id", Map.of("id", id)), run);

        other.inTransaction(
                session -> assertThat(session.find(Gauge.class, id).unit).isEqualTo("newer"));
        warmer.inTransaction(
                session -> assertThat(session.find(Gauge.class, id).unit).isEqualTo("newer"));
        assertThat(run.pages.get(0).stored() + run.pages.get(0).skipped()).isOne();
        rename(id, "unit 6");
    }

    private static void rename(UUID id, String unit) {
        Thread writer = new Thread(() -> other.inTransaction(session -> session.find(Gauge.class, id).unit = unit));
        writer.start();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRunGoesOnWhenRedisIsBack() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(redis.endpoint());
                Nodes behindProxy = behind(proxy)) {
            NodeFixture node = behindProxy.get(0);
            RecordedRun waiting = new RecordedRun(null, page -> {
                if (page == 1) {
                    proxy.cut();
                } else if (page > 1) {
                    proxy.heal();
                    Eventually.holds("Redis is back", () -> BulkLoad.isAvailable(node.sessionFactory()));
                }
            });

            new DatabaseLoader(node.sessionFactory(), 4, 1).load(all(Gauge.class), waiting);

            assertThat(waiting.stored()).isEqualTo(10);
        }
        for (UUID id : GAUGES) {
            assertServed(Gauge.class, id);
        }
    }

    @Test
    void aRunThatDoesNotWaitForRedisFailsAndItsCheckpointStays() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(redis.endpoint());
                Nodes behindProxy = behind(proxy)) {
            NodeFixture node = behindProxy.get(0);
            RecordedRun impatient = new RecordedRun(null, page -> {
                if (page == 1) {
                    proxy.cut();
                }
            });

            assertThatExceptionOfType(CacheUnavailableException.class)
                    .isThrownBy(
                            () -> new DatabaseLoader(node.sessionFactory(), 4, 1).load(all(Gauge.class), impatient));

            assertThat(impatient.stored()).isEqualTo(4);
            assertThat(impatient.pages).hasSize(1);
        }
    }

    private static Nodes behind(FaultProxy proxy) {
        return builder()
                .keepSchema()
                .setting(Nodes.REDIS_URL, proxy.url())
                .setting("hibernate.cache.hearth.redis.command-timeout", "1s")
                .start(1);
    }

    @Test
    void aRunThatIsInterruptedEndsWithItsPage() {
        List<Integer> asked = new ArrayList<>();
        RecordedRun interrupted = new RecordedRun(null, asked::add);
        Gauge.whenRead = () -> Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> loader.load(all(Gauge.class), interrupted));

        assertThat(asked).hasSize(1);
    }

    @Test
    void aRunThatIsEndedBetweenTwoAttemptsOfAPageEndsThere() {
        List<Integer> asked = new ArrayList<>();
        RecordedRun ended = new RecordedRun(null, page -> {
            asked.add(page);
            if (page == 1) {
                throw new RunEndedException("cancelled");
            }
        });
        try (Session writer = other.sessionFactory().openSession()) {
            writer.beginTransaction();
            writer.find(Gauge.class, GAUGES.get(0)).unit = "changing";
            // Now it is locked, and its page will be refused for as long as that lasts.
            writer.flush();

            assertThatExceptionOfType(RunEndedException.class).isThrownBy(() -> loader.load(all(Gauge.class), ended));
            writer.getTransaction().rollback();
        }
        assertThat(asked).as("the second attempt is asked for, and refused").containsExactly(0, 1);
        assertThat(ended.pages).isEmpty();
    }
}
