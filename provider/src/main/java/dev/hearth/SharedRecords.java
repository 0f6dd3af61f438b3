package dev.hearth;

import dev.hearth.store.RecordStore;
import dev.hearth.store.RedisUnavailableException;
import dev.hearth.store.RemoteTier;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Small records that the nodes of a keyspace share in Redis, such as what was hot. Who writes one says what it has read
 * before, so that of two nodes that add something neither undoes the other's part.
 *
 * <p>Everything waits for Redis, one command timeout at the most, and throws {@link CacheUnavailableException} if there is
 * no answer: then it is not known whether the step was done. Safe for concurrent use.
 */
public final class SharedRecords {
    /** How many bytes a record may have at the most. */
    public static final int MAXIMUM_BYTES = 1 << 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final RemoteTier tier;

    SharedRecords(RemoteTier tier) {
        this.tier = tier;
    }

    /**
     * What stands in a record.
     *
     * @param number of this writing, which no other one has
     * @param age how long ago it was written, by Redis's clock
     */
    public record SharedRecord(long number, Duration age, byte[] body) {}

    /**
     * The record; empty if there is none.
     *
     * @param name 1 to 100 letters, digits, dots, underscores or hyphens
     */
    public Optional<SharedRecord> read(String name) {
        check(name);
        return await(tier.records().read(name)).map(this::known);
    }

    private SharedRecord known(RecordStore.Stored stored) {
        long micros = Math.max(0, tier.now().micros() - stored.stamp());
        return new SharedRecord(stored.stamp(), Duration.of(micros, ChronoUnit.MICROS), stored.body());
    }

    /**
     * Writes the record; false if another node has written it since.
     *
     * @param seen the number that was read; 0 if there was no record
     * @param body {@link #MAXIMUM_BYTES} at the most
     * @param validity after which it is forgotten, unless it is written again
     */
    public boolean replace(String name, long seen, byte[] body, Duration validity) {
        check(name);
        if (body.length > MAXIMUM_BYTES) {
            throw new IllegalArgumentException(
                    "A record must have at most " + MAXIMUM_BYTES + " bytes, but '" + name + "' has " + body.length);
        }
        return await(tier.records().replace(name, seen, body, validity));
    }

    private static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A record's name must be 1 to 100 letters, digits, dots, underscores or"
                    + " hyphens, for example hot, but was '" + name + "'");
        }
    }

    private <T> T await(CompletableFuture<T> step) {
        try {
            return tier.await(step);
        } catch (RedisUnavailableException e) {
            throw new CacheUnavailableException(e);
        }
    }
}
