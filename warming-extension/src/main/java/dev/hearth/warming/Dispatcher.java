package dev.hearth.warming;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives tasks their turns, and keeps the leases of those that run; one thread that looks around many times a second. */
final class Dispatcher implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration PAUSE = Duration.ofMillis(50);
    /* What is wrong stays so for a while; the log need not say it at every look. */
    private static final long COMPLAINT_INTERVAL = TimeUnit.MINUTES.toNanos(1);

    private final WarmingNode node;
    private final Plan plan;
    private final Triggers triggers;
    private final Orders orders;
    private final TaskRunner runner;
    private final @Nullable Learning learning;
    private final Executor workers;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean stopped;
    private @Nullable Long complained;

    /** @param learning null if nothing is to be remembered */
    Dispatcher(
            WarmingNode node,
            Plan plan,
            Orders orders,
            TaskRunner runner,
            @Nullable Learning learning,
            Executor workers) {
        this.node = node;
        this.plan = plan;
        this.triggers = new Triggers(node, plan.tasks());
        this.orders = orders;
        this.runner = runner;
        this.learning = learning;
        this.workers = workers;
    }

    /** Has it look around at once. */
    void wake() {
        news.release();
    }

    void stop() {
        stopped = true;
        wake();
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                look();
                news.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                news.drainPermits();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                complain(e);
            }
        }
    }

    private void complain(RuntimeException e) {
        long now = System.nanoTime();
        if (stopped) {
            return;
        }
        if (complained == null || now - complained > COMPLAINT_INTERVAL) {
            complained = now;
            log.warn("[{}] warming could not look after its tasks, and tries again", node.name(), e);
        }
    }

    /** Looks around once. */
    void look() {
        renewLeases();
        triggers.look();
        orders.look();
        if (learning != null) {
            learning.look(workers);
        }
        if (!node.available()) {
            return;
        }
        while (!stopped && busy() < node.settings().workers()) {
            Optional<ManagedTask> next = plan.next(node.time().nanoTime());
            if (next.isEmpty()) {
                return;
            }
            workers.execute(() -> {
                runner.run(next.get());
                wake();
            });
        }
    }

    private long busy() {
        return plan.tasks().stream().filter(ManagedTask::busy).count();
    }

    private void renewLeases() {
        for (ManagedTask task : plan.tasks()) {
            TaskRun run = task.run();
            if (run != null && run.renewalIsDue()) {
                run.renew();
            }
        }
    }
}
