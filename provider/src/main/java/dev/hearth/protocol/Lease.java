package dev.hearth.protocol;

import dev.hearth.near.Ask;
import dev.hearth.near.NearTier;
import dev.hearth.store.Lockable;
import dev.hearth.store.RemoteTier;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A lock in Redis that lapses unless it is kept: what holds of entries and of regions, and announcements, have in common. */
abstract class Lease {
    private final Node node;
    private final List<? extends Lockable> subjects;
    private final String transaction;
    private volatile Taking last = new Taking(CompletableFuture.completedFuture(0L), null);
    private volatile long takenNanos;
    private volatile Completion completion = Completion.FOREIGN;
    private long committedUnder;
    private boolean owes;
    private @Nullable WeakReference<Lease> debt;
    private boolean ended;

    /**
     * One sending of the command that takes the lock. Whoever waits for the answer waits for the acknowledgements of this
     * one: the background may send another meanwhile.
     *
     * @param ask by what the other nodes acknowledge the lock; null before it was taken
     */
    record Taking(CompletableFuture<Long> answer, @Nullable Ask ask) {}

    /** @param subjects what is owed if the lock cannot be written, at least one */
    Lease(Node node, List<? extends Lockable> subjects, String transaction) {
        this.node = node;
        this.subjects = subjects;
        this.transaction = transaction;
    }

    /**
     * Sends the command that takes the lock, or prolongs it: the scripts do either for the same transaction. Answers the
     * stamp of the lock, or 0 where it has none.
     */
    abstract CompletableFuture<Long> send(String ask);

    /** Asks those who keep near what this is about to drop it. */
    abstract Ask ask();

    /** Redis has been told, or nobody knows whether it has: what this node itself keeps near goes. */
    abstract void sent();

    final void take() {
        takenNanos = node.nanoTime();
        Ask next = ask();
        // Not before Redis has answered: until then what is read there may be the old value still.
        CompletableFuture<Long> answered = send(next.text()).whenComplete((answer, failure) -> {
            sent();
            if (failure == null) {
                next.answered();
            }
        });
        last = new Taking(answered, next);
    }

    /** The command that has taken that lock takes this one as well. */
    final void takenWith(Lease other) {
        takenNanos = other.takenNanos;
        Taking both = other.last;
        last = new Taking(both.answer.thenApply(stamp -> 0L).whenComplete((answer, failure) -> sent()), both.ask);
    }

    /** The last time that the lock was taken. */
    final Taking taking() {
        return last;
    }

    final void bind(Completion told) {
        completion = told;
    }

    final Completion completion() {
        return completion;
    }

    /** Sends the command again where the last one failed, or this share of the lock's time has passed since. */
    final void keep(double share) {
        CompletableFuture<Long> taken = taken();
        if (ended || completion != Completion.TRANSACTION || !taken.isDone()) {
            return;
        }
        double age = node.nanoTime() - takenNanos;
        if (taken.isCompletedExceptionally()
                || age > subjects.get(0).lockTimeout().toNanos() * share) {
            take();
        }
    }

    final CompletableFuture<Long> taken() {
        return last.answer;
    }

    /** The commit comes next: the lock that stands now, if one does, is the one it is made under. */
    final void commits() {
        /* The lock may yet lapse, and be taken again in the background after the commit: that is another lock, under
         * which nobody knows what others have committed in between. */
        CompletableFuture<Long> taken = taken();
        committedUnder = taken.isDone() && !taken.isCompletedExceptionally() ? taken.join() : 0;
    }

    /** The stamp of the lock that the commit was made under, or 0 if there was none. */
    final long committedUnder() {
        return committedUnder;
    }

    /**
     * The lock cannot be written, and the transaction goes on or not, as the region's settings say.
     *
     * @throws LockUnavailableException if the transaction is to be rolled back
     */
    final void unavailable() {
        for (Lockable subject : subjects) {
            if (subject.failsWhenUnavailable()) {
                throw new LockUnavailableException(subject.name());
            }
        }
        if (owes) {
            return;
        }
        owes = true;
        if (completion == Completion.FOREIGN) {
            subjects.forEach(node.tier()::openLapsingDebt);
        } else {
            debt = node.openDebt(this);
        }
    }

    /** Ends the lease once: nothing keeps it from here on. Answers false if it had ended before. */
    final boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        if (debt != null) {
            node.completeDebt(debt);
        }
        return true;
    }

    /**
     * The lock is being released. If that does not arrive, the lock may have gone down with an old Redis before the
     * commit, and others may have published what they loaded since: so the region is owed.
     */
    final void released(CompletableFuture<?> release) {
        release.whenComplete((done, failure) -> {
            if (failure != null) {
                subjects.forEach(node.tier()::owe);
            }
        });
    }

    /**
     * Sends what ends these locks once Redis has answered to what took them. On another connection it could come first, and
     * the lock would stand until it lapses: where a transaction is rolled back at once, nobody has waited for the answer.
     */
    static <T> CompletableFuture<T> behind(Collection<? extends Lease> locks, Supplier<CompletableFuture<T>> end) {
        CompletableFuture<?>[] underWay = locks.stream()
                .map(Lease::taken)
                .filter(taken -> !taken.isDone())
                .toArray(CompletableFuture[]::new);
        return underWay.length == 0
                ? end.get()
                : CompletableFuture.allOf(underWay)
                        .handle((taken, failure) -> end)
                        .thenCompose(Supplier::get);
    }

    final RemoteTier tier() {
        return node.tier();
    }

    final NearTier near() {
        return node.near();
    }

    /** What is owed if the lock cannot be written. */
    final List<? extends Lockable> subjects() {
        return subjects;
    }

    final String transaction() {
        return transaction;
    }
}
