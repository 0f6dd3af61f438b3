package dev.hearth.benchmarks;

import dev.hearth.HearthRegionFactory;
import dev.hearth.benchmarks.WarmUpThroughput.Measured;
import dev.hearth.benchmarks.model.Subscriber;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.test.Database;
import dev.hearth.test.Nodes;
import dev.hearth.test.RedisEndpoint;
import dev.hearth.warming.Priority;
import dev.hearth.warming.TaskState;
import dev.hearth.warming.TaskStatus;
import dev.hearth.warming.WarmTask;
import dev.hearth.warming.Warming;
import dev.hearth.warming.WarmingListener;
import dev.hearth.warming.WarmingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hibernate.ScrollMode;
import org.hibernate.ScrollableResults;
import org.hibernate.SessionFactory;

/** Ways to fill the cache of a node that has just started. */
final class WarmUps {
    private static final String TASK = "subscribers";
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Database database;
    private final RedisEndpoint redis;

    WarmUps(Database database, RedisEndpoint redis) {
        this.database = database;
        this.redis = redis;
    }

    private Nodes node() {
        return Nodes.on(database, redis)
                .settings(Map.of(
                        Nodes.REGION_FACTORY,
                        "hearth",
                        "hibernate.cache.hearth.redis.command-timeout",
                        "10s",
                        "hibernate.generate_statistics",
                        "false"))
                .entities(Subscriber.class)
                .keepSchema()
                .start(1);
    }

    /** As warming does it, with its defaults. */
    Measured warming(int rows) throws InterruptedException {
        WarmTask task = WarmTask.entities(TASK, Subscriber.class)
                .priority(Priority.CRITICAL)
                .build();
        try (Nodes node = node()) {
            SessionFactory factory = node.get(0).sessionFactory();
            long begin = System.nanoTime();
            try (Warming warming =
                    Warming.start(factory, WarmingSettings.read(Map.of()).with(List.of(task)))) {
                if (!warming.awaitCritical(PATIENCE)) {
                    throw new IllegalStateException("Not within " + PATIENCE);
                }
                long nanos = System.nanoTime() - begin;
                return new Measured("warming", rows, nanos, warming.totals(TASK).stored(), 0);
            }
        }
    }

    /** As a schedule has it run once more, where everything is there already: reads ids, and looks for their entries. */
    Measured refresh(int rows) throws InterruptedException {
        WarmTask task = WarmTask.entities(TASK, Subscriber.class).on(Set.of()).build();
        try (Nodes node = node();
                Warming warming = Warming.start(
                        node.get(0).sessionFactory(),
                        WarmingSettings.read(Map.of()).with(List.of(task)))) {
            CountDownLatch over = new CountDownLatch(1);
            warming.addListener(new WarmingListener() {
                @Override
                public void stateChanged(TaskState before, TaskStatus now) {
                    if (now.state().isOver()) {
                        over.countDown();
                    }
                }
            });
            long begin = System.nanoTime();
            warming.start(TASK);
            if (!over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Not within " + PATIENCE);
            }
            return new Measured(
                    "refresh",
                    rows,
                    System.nanoTime() - begin,
                    warming.totals(TASK).stored(),
                    0);
        }
    }

    /** As an application might: it reads all rows through a session that it clears now and then. */
    Measured findAll(int rows) {
        try (Nodes node = node()) {
            HearthRegionFactory cache = HearthRegionFactory.of(node.get(0).sessionFactory());
            long begin = System.nanoTime();
            node.get(0).inTransaction(session -> {
                try (ScrollableResults<Subscriber> all = session.createSelectionQuery(
                                "from Subscriber", Subscriber.class)
                        .setReadOnly(true)
                        .setFetchSize(PAGE)
                        .scroll(ScrollMode.FORWARD_ONLY)) {
                    for (int i = 1; all.next(); i++) {
                        if (i % PAGE == 0) {
                            session.clear();
                        }
                    }
                }
            });
            while (cache.nodeStatistics().inFlight() > 0) {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            long nanos = System.nanoTime() - begin;
            long stored =
                    cache.statistics(Subscriber.class.getName()).orElseThrow().total(RegionEvent.PUT);
            return new Measured("findAll", rows, nanos, stored, 0);
        }
    }
}
