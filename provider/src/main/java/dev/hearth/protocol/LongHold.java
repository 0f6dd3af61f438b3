package dev.hearth.protocol;

import java.time.Duration;
import java.util.List;

/**
 * Locks that a transaction of this node has held for longer than they stand without being renewed.
 *
 * @param transaction the node's name and a number
 * @param thread the name of the thread that took the first of them
 * @param held for how long
 * @param subjects the regions and tables that it locks
 * @param locks how many
 */
public record LongHold(String transaction, String thread, Duration held, List<String> subjects, int locks) {
    public LongHold {
        subjects = List.copyOf(subjects);
    }
}
