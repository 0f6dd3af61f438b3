package dev.hearth.histories;

import java.io.Serializable;

/**
 * The threads that work on a node.
 *
 * @param all do everything
 * @param readers only read, at a pace that leaves the machine to the others
 */
record Crew(int all, int readers) implements Serializable {
    /** What histories have unless they say otherwise. */
    static final Crew USUAL = new Crew(4, 0);

    /** Connections for all, even where a session takes a second one. */
    int poolSize() {
        return 2 * (all + readers);
    }
}
