package dev.hearth.jmx;

import java.util.List;

/** What keeps requests away from a Redis that does not answer. {@code dev.hearth:type=Circuit,node=…} */
public interface CircuitMXBean {
    /** {@code CLOSED} as long as Redis answers, else {@code OPEN}: then reads go to the database. */
    String getState();

    /** How often it has opened since the node started or was reset. */
    long getOpenings();

    /** The regions and tables that are to be cleared in Redis before this node uses them again. */
    List<String> getDebt();
}
