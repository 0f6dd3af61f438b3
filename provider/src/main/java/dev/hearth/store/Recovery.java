package dev.hearth.store;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether Redis is there, and makes a node ready to use it again. Safe for concurrent use. */
final class Recovery {
    /* One background step does all the finding out: it asks every master who it is and what time it is, pays the node's
     * debt, and only then closes the circuit. It runs at every poll interval, and soon after the circuit has opened. */
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    private static final Duration FIRST_PROBE = Duration.ofMillis(50);

    private final String node;
    private final Duration pollInterval;
    private final Duration timeout;
    private final Background background;
    private final Circuit circuit;
    private final ServerClock clock;
    private final MasterPoll masters;
    private final Debt debt;
    private final Collection<ResultStore> queryRegions;
    private final Supplier<CompletableFuture<Void>> openRegions;
    private final AtomicBoolean polling = new AtomicBoolean();
    private final AtomicReference<@Nullable CompletableFuture<Void>> checking = new AtomicReference<>();
    private final AtomicLong probes = new AtomicLong();
    private final AtomicBoolean probeDue = new AtomicBoolean();
    private final CompletableFuture<Void> firstPoll = new CompletableFuture<>();

    /**
     * @param timeout of one command
     * @param queryRegions those of the node, also the ones to come
     * @param openRegions begins, in Redis, what nobody has begun yet
     */
    Recovery(
            String node,
            Duration pollInterval,
            Duration timeout,
            Background background,
            Circuit circuit,
            ServerClock clock,
            MasterPoll masters,
            Debt debt,
            Collection<ResultStore> queryRegions,
            Supplier<CompletableFuture<Void>> openRegions) {
        this.node = node;
        this.pollInterval = pollInterval;
        this.timeout = timeout;
        this.background = background;
        this.circuit = circuit;
        this.clock = clock;
        this.masters = masters;
        this.debt = debt;
        this.queryRegions = queryRegions;
        this.openRegions = openRegions;
    }

    /** Completes when Redis has answered a poll for the first time. */
    CompletableFuture<Void> firstPoll() {
        return firstPoll;
    }

    /* However many ask for it, one probe is due at a time: changes owe by the thousand while Redis is away. */
    void probeSoon() {
        if (!probeDue.compareAndSet(false, true)) {
            return;
        }
        long attempt = probes.incrementAndGet();
        long delay =
                Math.min(pollInterval.toMillis(), FIRST_PROBE.toMillis() << Math.min(10, Math.max(0, attempt - 1)));
        background.in(delay, () -> {
            probeDue.set(false);
            poll();
        });
    }

    void poll() {
        if (!polling.compareAndSet(false, true)) {
            return;
        }
        try {
            checkIdentity()
                    .thenCompose(checked -> unlessOutage("the debt cannot be paid yet", debt::pay))
                    .thenCompose(paid -> unlessOutage("a region cannot be opened yet", openRegions))
                    .orTimeout(timeout.multipliedBy(4).toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((paid, failure) -> polled(failure));
        } catch (RuntimeException e) {
            polled(e);
        }
    }

    /* What Redis refuses, because it is full for example, keeps that region out of use, not the others. */
    private CompletableFuture<Void> unlessOutage(String complaint, Supplier<CompletableFuture<Void>> step) {
        return step.get().exceptionallyCompose(failure -> {
            if (Circuit.isOutage(Commands.unwrap(failure))) {
                return CompletableFuture.failedFuture(failure);
            }
            log.debug("[{}] {}: {}", node, complaint, Failures.reason(Commands.unwrap(failure)));
            return CompletableFuture.completedFuture(null);
        });
    }

    private void polled(@Nullable Throwable failure) {
        polling.set(false);
        if (failure == null) {
            probes.set(0);
            circuit.close();
            firstPoll.complete(null);
        } else if (circuit.permits()) {
            circuit.open(Commands.unwrap(failure));
        } else {
            probeSoon();
        }
    }

    /** Asks the masters who they are, and what time it is; one question at a time, for all who want to know now. */
    CompletableFuture<Void> checkIdentity() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> underWay = checking.compareAndExchange(null, mine);
        if (underWay != null) {
            return underWay;
        }
        masters.sample()
                .orTimeout(timeout.multipliedBy(3).toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(this::learn)
                .whenComplete((learned, failure) -> {
                    checking.set(null);
                    if (failure == null) {
                        mine.complete(null);
                    } else {
                        mine.completeExceptionally(failure);
                    }
                });
        return mine;
    }

    /* A result stays valid for as long as no change of its tables has a later stamp. After a step back of the clock changes
     * have earlier ones, so what was published before must go, and is not used until it has. */
    private void learn(ServerClock.Sample sample) {
        if (clock.learn(sample) == ServerClock.News.STEPPED_BACK) {
            queryRegions.forEach(region -> debt.add(region.region()));
        }
    }
}
