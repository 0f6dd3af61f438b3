package dev.hearth.near;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a state has to say of times: after how many ticks what was done that the passing of time decides about. Not safe for
 * concurrent use.
 */
final class NearTimes {
    private final Map<String, String> facts = new LinkedHashMap<>();
    private String heard = "";

    void clear() {
        facts.clear();
        heard = "";
    }

    /** An actor has taken its first step. */
    void begun(String step, int ticks) {
        if (step.startsWith("WRITER")) {
            facts.put(step, "after " + ticks);
        }
    }

    /** A heartbeat, among others, was published. */
    void published(String message, int ticks) {
        if (message.startsWith("B ")) {
            facts.put(message, "sent after " + ticks);
        }
    }

    /** Node 1 has heard this: its latest heartbeat counts, and the first. */
    void heard(String message, int ticks) {
        if (message.startsWith("B ")) {
            facts.putIfAbsent("known", "after " + ticks);
            heard = message;
        } else if (message.equals(HeldChannel.SUBSCRIBED)) {
            heard = "";
        }
    }

    @Override
    public String toString() {
        return new TreeMap<>(facts) + heard;
    }
}
