package dev.hearth.near;

import org.jspecify.annotations.Nullable;

/** Whether messages come without gaps. Safe for any thread. */
final class Succession {
    /* A heartbeat proves that all messages before it were heard only if none can be lost on a connection that lives on, and
     * clients do lose some (see docs/decisions/0010). So scripts number what they publish. Which number is missing says
     * nothing of what was changed, so whoever misses one drops all copies.
     *
     * The counter is the one that has counted this node's last heartbeat. Before the first one nothing is kept, so nothing can
     * be missed. */
    private @Nullable String counter;
    private long last;

    /** What a message's number says of those before it. */
    enum Place {
        NEXT,
        /** Some are missing. */
        BEHIND_A_GAP,
        /** Redis has lost the counter, and nobody can say whether some are missing. */
        OF_A_NEW_COUNTER
    }

    /** The subscription is new. */
    synchronized void begins() {
        counter = null;
    }

    /**
     * A message of this number has come.
     *
     * @param own whether it is a heartbeat of this node
     */
    synchronized Place place(Notice.@Nullable Number number, boolean own) {
        if (number == null || !own && !number.counter().equals(counter)) {
            return Place.NEXT;
        }
        String counterBefore = counter;
        long expected = last + 1;
        counter = number.counter();
        last = number.value();
        if (counterBefore == null) {
            return Place.NEXT;
        }
        if (!counterBefore.equals(counter)) {
            return Place.OF_A_NEW_COUNTER;
        }
        return last == expected ? Place.NEXT : Place.BEHIND_A_GAP;
    }
}
