package dev.hearth.near;

import org.jspecify.annotations.Nullable;

/** Whether messages come without gaps. Safe for any thread. */
final class Succession {
    /* A heartbeat proves that all messages before it were heard only if none can be lost on a connection that lives on, and
     * clients do lose some (see docs/decisions/0010). So scripts number what they publish. Which number is missing says
     * nothing of what was changed, so whoever misses one drops all copies.
     *
     * The counter is the one that has counted this node's last heartbeat. Before the first one nothing is kept, so nothing can
     * be missed; and where the next one comes from another counter, the first was lost with whatever else Redis had. */
    private @Nullable String counter;
    private long last;

    /** The subscription is new. */
    synchronized void begins() {
        counter = null;
    }

    /**
     * A message of this number has come; answers whether none is missing before it.
     *
     * @param own whether it is a heartbeat of this node
     */
    synchronized boolean follows(Notice.@Nullable Number number, boolean own) {
        if (number == null || !own && !number.counter().equals(counter)) {
            return true;
        }
        boolean next = counter == null || number.counter().equals(counter) && number.value() == last + 1;
        counter = number.counter();
        last = number.value();
        return next;
    }
}
