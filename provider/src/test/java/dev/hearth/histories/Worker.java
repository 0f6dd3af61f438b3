package dev.hearth.histories;

import jakarta.persistence.EntityExistsException;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PessimisticLockException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hibernate.Cache;
import org.hibernate.ObjectNotFoundException;
import org.hibernate.SessionFactory;
import org.hibernate.StaleStateException;
import org.hibernate.UnresolvableObjectException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.LockAcquisitionException;

/** One thread of one node: random reads, transactions and evictions, one after the other, each in a session of its own. */
final class Worker implements Runnable {
    /* What happens where transactions race, cache or not. */
    private static final List<Class<? extends Throwable>> RACES = List.of(
            OptimisticLockException.class,
            StaleStateException.class,
            PessimisticLockException.class,
            LockTimeoutException.class,
            LockAcquisitionException.class,
            ConstraintViolationException.class,
            EntityExistsException.class,
            EntityNotFoundException.class,
            ObjectNotFoundException.class,
            UnresolvableObjectException.class,
            Changes.WithdrawnException.class);

    private static final int PAUSE_NANOS = 2_000_000;

    private final SessionFactory factory;
    private final Random random;
    private final long until;
    private final Log log = new Log();
    private final Readers readers;
    private final Writers writers;

    /**
     * @param name unique among all workers of all rounds
     * @param until {@link System#nanoTime()} at which to stop
     */
    Worker(SessionFactory factory, String name, long seed, long until) {
        this.factory = factory;
        this.random = new Random(seed);
        this.until = until;
        this.readers = new Readers(factory, name, random, log);
        this.writers = new Writers(factory, name, random, log, readers);
    }

    Log log() {
        return log;
    }

    @Override
    public void run() {
        while (System.nanoTime() < until) {
            operation();
        }
    }

    /** As {@link #run}, changing nothing, and with pauses: what is near takes no time that would limit it. */
    void onlyRead() {
        while (System.nanoTime() < until) {
            attempt("read", readers::any);
            LockSupport.parkNanos(random.nextInt(PAUSE_NANOS));
        }
    }

    /** Reads everything once; what has settled must be right on every node. */
    void readAll() {
        attempt("final read", readers::all);
    }

    private void operation() {
        int choice = random.nextInt(1000);
        if (choice < 580) {
            attempt("read", readers::any);
        } else if (choice < 860) {
            attempt("transaction", writers::transaction);
        } else if (choice < 940) {
            attempt("stateless", writers::stateless);
        } else if (choice < 970) {
            attempt("stateless without transaction", writers::autocommit);
        } else {
            attempt("eviction", this::evict);
        }
    }

    private void attempt(String kind, Supplier<String> operation) {
        try {
            log.outcome(operation.get());
        } catch (RuntimeException e) {
            if (isRace(e)) {
                log.outcome(kind + " lost a race");
            } else {
                log.outcome(kind + " failed");
                log.surprise(trace(e));
            }
        }
    }

    private static boolean isRace(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> RACES.stream().anyMatch(race -> race.isInstance(cause)));
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private String evict() {
        Cache cache = factory.getCache();
        switch (random.nextInt(12)) {
            case 0 -> cache.evictAllRegions();
            case 1 -> cache.evictEntityData(Note.class);
            case 2 -> cache.evictCollectionData(Folder.LEAVES);
            case 3 -> cache.evictNaturalIdData(Account.class);
            case 4 -> cache.evictCollectionData(Folder.TAGS, 1L + random.nextInt(World.FOLDERS));
            case 5, 6 -> cache.evictCollectionData(Folder.LEAVES, 1L + random.nextInt(World.FOLDERS));
            case 7, 8 -> cache.evictEntityData(Account.class, 1L + random.nextInt(World.ACCOUNTS));
            default -> cache.evictEntityData(Note.class, 1L + random.nextInt(World.NOTES));
        }
        return "eviction";
    }
}
