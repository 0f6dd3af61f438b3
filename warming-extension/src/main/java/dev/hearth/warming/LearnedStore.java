package dev.hearth.warming;

import dev.hearth.CacheUnavailableException;
import dev.hearth.SharedRecords;
import dev.hearth.SharedRecords.SharedRecord;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The record of what was hot, in Redis. Safe for concurrent use; waits for Redis. */
final class LearnedStore {
    private static final Logger log = LoggerFactory.getLogger(LearnedStore.class);
    /* Another version of the record is another record: nodes of both may run together. */
    private static final String NAME = "learned-1";
    private static final int ATTEMPTS = 5;

    private final WarmingNode node;
    private final LearningSettings settings;
    private final AtomicLong saves = new AtomicLong();
    private final AtomicLong unreadable = new AtomicLong();
    private volatile long refused;

    LearnedStore(WarmingNode node) {
        this.node = node;
        this.settings = node.settings().learning();
    }

    /**
     * What is there now.
     *
     * @param number changes with every writing; 0 if there is none
     */
    record Learned(long number, LearnedRecord record) {}

    /** @throws CacheUnavailableException if Redis does not answer */
    Learned read() {
        Optional<SharedRecord> stored = records().read(NAME);
        return new Learned(
                stored.map(SharedRecord::number).orElse(0L),
                stored.map(this::parse).orElse(LearnedRecord.EMPTY));
    }

    private SharedRecords records() {
        return node.cache().sharedRecords();
    }

    private LearnedRecord parse(SharedRecord stored) {
        try {
            return LearnedRecord.read(stored.body()).aged(stored.age());
        } catch (IllegalArgumentException e) {
            refuse(stored, e);
            return LearnedRecord.EMPTY;
        }
    }

    /* Each of them counts once, however often it is read, and the first is told of. */
    private synchronized void refuse(SharedRecord stored, IllegalArgumentException reason) {
        if (refused == stored.number()) {
            return;
        }
        refused = stored.number();
        if (unreadable.incrementAndGet() == 1) {
            log.warn(
                    "[{}] what was hot before cannot be read and is not warmed ({}); it is written anew",
                    node.name(),
                    reason.getMessage());
        }
    }

    /**
     * Adds to what other nodes have saved; false if they were always faster.
     *
     * @throws CacheUnavailableException if Redis does not answer
     */
    boolean add(LearnedRecord seen) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Learned before = read();
            byte[] body = before.record()
                    .plus(seen)
                    .within(settings.keys(), settings.queries(), SharedRecords.MAXIMUM_BYTES)
                    .bytes();
            if (records().replace(NAME, before.number(), body, settings.validity())) {
                saves.incrementAndGet();
                return true;
            }
        }
        return false;
    }

    long saves() {
        return saves.get();
    }

    long unreadable() {
        return unreadable.get();
    }
}
