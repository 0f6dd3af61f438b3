package dev.hearth.store;

import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.PutRefusal;
import org.jspecify.annotations.Nullable;

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
     * @param hopeless why what this session loads instead would be refused whenever it came, so that it need not be sent; null
     *     where it may be taken
     */
    record Nothing(MissReason reason, @Nullable PutRefusal hopeless) implements Found {
        public Nothing(MissReason reason) {
            this(reason, null);
        }
    }
}
