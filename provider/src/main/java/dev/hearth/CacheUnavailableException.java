package dev.hearth;

/** Redis does not answer, so what was asked of the cache is not known, or not done. */
public final class CacheUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CacheUnavailableException(Throwable cause) {
        super("Redis does not answer", cause);
    }
}
