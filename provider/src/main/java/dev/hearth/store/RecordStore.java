package dev.hearth.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Records that the nodes of a keyspace share, each replaced only by who has seen what stands there. Safe for concurrent use;
 * nothing here waits.
 */
public final class RecordStore {
    private static final int STAMP = 16;

    private final String prefix;
    private final Commands commands;

    RecordStore(String keyspace, Commands commands) {
        this.prefix = keyspace + ":{records}";
        this.commands = commands;
    }

    /**
     * What stands in a record.
     *
     * @param stamp when it was written, in microseconds of Redis's time; no two writings of a record have the same
     */
    public record Stored(long stamp, byte[] body) {}

    /** The record; empty if there is none, or none of ours. */
    public CompletableFuture<Optional<Stored>> read(String name) {
        String key = prefix + name;
        return commands.values(List.of(key)).thenApply(values -> stored(values.get(key)));
    }

    private static Optional<Stored> stored(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length < STAMP) {
            return Optional.empty();
        }
        String digits = new String(bytes, 0, STAMP, StandardCharsets.US_ASCII);
        return digits.matches("\\d{16}")
                ? Optional.of(new Stored(Long.parseLong(digits), Arrays.copyOfRange(bytes, STAMP, bytes.length)))
                : Optional.empty();
    }

    /**
     * Writes the record; false if another node has written it since this one read it.
     *
     * @param seen the stamp that was read; 0 if there was none
     * @param validity after which it is forgotten
     */
    public CompletableFuture<Boolean> replace(String name, long seen, byte[] body, Duration validity) {
        return commands.run(Script.REPLACE_RECORD, List.of(prefix + name), seen, validity.toMillis(), body)
                .thenApply(done -> done == 1);
    }
}
