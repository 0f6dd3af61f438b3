package dev.hearth.near;

/** Whether messages come without gaps. Safe for any thread. */
final class Succession {
    /* A heartbeat proves that all messages before it were heard only if none can be lost on a connection that lives on, and
     * clients do lose some (see docs/decisions/0010). So scripts number what they publish. Which number is missing says
     * nothing of what was changed, so whoever misses one drops all copies. */
    private static final long UNKNOWN = -1;

    private long last = UNKNOWN;

    /** The subscription is new: any number may come first. */
    synchronized void begins() {
        last = UNKNOWN;
    }

    /** A message of this number has come; answers whether it is the next one. Those without a number always are. */
    synchronized boolean follows(long number) {
        if (number == Notice.UNNUMBERED) {
            return true;
        }
        boolean next = last == UNKNOWN || number == last + 1;
        last = number;
        return next;
    }
}
