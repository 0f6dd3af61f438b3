package dev.hearth.encoding;

import org.jspecify.annotations.Nullable;

/** Stored bytes that are not an entry of ours: the caller treats them as a miss. Carries no stack trace, so that a flood of them is cheap. */
public final class UnreadableEntryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    UnreadableEntryException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.reason = reason;
    }

    static UnreadableEntryException malformed(String message) {
        return new UnreadableEntryException(Reason.MALFORMED, message, null);
    }

    public Reason reason() {
        return reason;
    }

    /** What the bytes are instead. */
    public enum Reason {
        /** A sound entry, written under another mapping or by another version of the encoding. */
        OTHER_MAPPING,
        /** Damaged, forged, or stored under another key. */
        MALFORMED
    }
}
