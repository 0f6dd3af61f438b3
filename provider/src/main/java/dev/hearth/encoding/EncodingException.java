package dev.hearth.encoding;

import org.jspecify.annotations.Nullable;

/** A value that cannot be cached: the caller counts it by reason and goes without the cache. */
public final class EncodingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    EncodingException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why the value was refused. */
    public enum Reason {
        /** The encoded form exceeds {@link EntryLimits#maximumEntrySize()}. */
        TOO_LARGE,
        /** A value is of a class that neither the mapping nor a setting names, or of a form that cannot be restored. */
        NOT_ENCODABLE
    }
}
