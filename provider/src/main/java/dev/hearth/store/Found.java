package dev.hearth.store;

import dev.hearth.statistics.MissReason;

/** What a read found: a value that may be served, or the reason why there is none. */
public sealed interface Found {
    /**
     * A value of the current generation. {@code bytes} holds its body from {@code offset} on.
     *
     * @param stamp the entry's own stamp in microseconds
     */
    record Value(byte[] bytes, int offset, long stamp) implements Found {}

    /**
     * Nothing that may be served.
     *
     * @param hopeless whether what the session loads instead could not be served either, so that it need not be stored
     */
    record Nothing(MissReason reason, boolean hopeless) implements Found {
        public Nothing(MissReason reason) {
            this(reason, false);
        }
    }
}
