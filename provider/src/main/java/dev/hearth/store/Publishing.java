package dev.hearth.store;

import dev.hearth.statistics.PutRefusal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How values come into one region, but for those that a commit releases: puts from load (DESIGN section 5). Safe for concurrent use. */
final class Publishing {
    private final RegionStore region;
    private final Buckets buckets;
    private final Commands commands;
    private final ServerClock clock;
    private final BucketSteps many;
    private final Traffic traffic;

    Publishing(
            RegionStore region,
            Buckets buckets,
            Commands commands,
            ServerClock clock,
            BucketSteps many,
            Traffic traffic) {
        this.region = region;
        this.buckets = buckets;
        this.commands = commands;
        this.clock = clock;
        this.many = many;
        this.traffic = traffic;
    }

    /** Publishes what was read from the database, or inserted and committed, by the rules for a put from load. */
    CompletableFuture<PutOutcome> put(EntryAddress at, Stamp stamp, byte[] body, PutMode mode) {
        PutRefusal refusal = unpublishable(at, stamp);
        if (refusal != null) {
            return refused(refusal);
        }
        return outcome(
                at,
                body,
                () -> commands.run(
                        Script.PUT_FROM_LOAD,
                        List.of(at.entry(), at.record(), at.fences()),
                        stamp.micros(),
                        stamp.identity(),
                        Integer.toUnsignedLong(at.hash()),
                        region.settings().timeToLive().toMillis(),
                        RegionStore.micros(region.settings().fenceHorizon()),
                        body,
                        mode.argument()));
    }

    /** Publishes values of one bucket, each by the rules of {@link #put}; for arguments see {@link BucketSteps#put}. */
    CompletableFuture<List<PutOutcome>> putMany(List<EntryAddress> at, Stamp stamp, List<byte[]> bodies, PutMode mode) {
        return many.put(at, stamp, bodies, mode).thenApply(outcomes -> {
            outcomes.forEach(outcome -> counted(outcome, at.get(0)));
            bodies.forEach(traffic::sent);
            return outcomes;
        });
    }

    /** Why Redis need not be asked to take a value under this stamp, or null if it can be. */
    @Nullable
    PutRefusal unpublishable(EntryAddress at, Stamp stamp) {
        if (region.owed() || !commands.available()) {
            return PutRefusal.UNAVAILABLE;
        }
        if (!clock.accepts(stamp)) {
            return PutRefusal.NO_STAMP;
        }
        if (!at.known()) {
            buckets.reopen(at.bucket());
            return PutRefusal.NO_REGION;
        }
        return null;
    }

    /** What a script that puts the body answers, counted. */
    CompletableFuture<PutOutcome> outcome(EntryAddress at, byte[] body, Supplier<CompletableFuture<Long>> put) {
        long sent = clock.nanoTime();
        return put.get().handle((answer, failure) -> {
            if (failure != null) {
                return counted(new PutOutcome(PutRefusal.UNAVAILABLE), at);
            }
            traffic.put(body, sent);
            return counted(PutOutcome.of(answer), at);
        });
    }

    CompletableFuture<PutOutcome> refused(PutRefusal refusal) {
        region.statistics().refused(refusal);
        return CompletableFuture.completedFuture(new PutOutcome(refusal));
    }

    private PutOutcome counted(PutOutcome outcome, EntryAddress at) {
        PutRefusal refusal = outcome.refusal();
        if (refusal == null) {
            region.statistics().put();
        } else {
            region.statistics().refused(refusal);
            if (refusal == PutRefusal.NO_REGION || refusal == PutRefusal.OTHER_SERVER) {
                buckets.reopen(at.bucket());
            }
        }
        return outcome;
    }
}
