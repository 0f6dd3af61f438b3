package dev.hearth.store;

/** Redis did not do what was asked: it gave no answer in time, refused the command, or its circuit is open. */
public final class RedisUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RedisUnavailableException(Throwable cause) {
        super("Redis is unavailable: " + Failures.root(cause), cause, false, false);
    }
}
