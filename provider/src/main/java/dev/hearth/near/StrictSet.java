package dev.hearth.near;

import java.util.BitSet;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Which regions a node keeps near and strictly, in a form short enough to be told with every heartbeat. It may hold more than
 * was put into it, never less: a writer then waits for a node without need.
 */
final class StrictSet {
    /** Stands for the tables of query results. */
    static final String TABLES = "#";

    private static final int BITS = 256;

    private final BitSet bits = new BitSet(BITS);

    synchronized void add(String region) {
        bits.set(bit(region));
    }

    synchronized boolean isEmpty() {
        return bits.isEmpty();
    }

    synchronized boolean contains(String region) {
        return bits.get(bit(region));
    }

    private static int bit(String region) {
        int hash = region.hashCode();
        return (hash ^ hash >>> 16) & BITS - 1;
    }

    /** As hexadecimal digits, none if it is empty. */
    synchronized String text() {
        byte[] bytes = bits.toByteArray();
        return HexFormat.of().formatHex(bytes);
    }

    /** What {@link #text} has written; null if it has not. */
    static @Nullable StrictSet parse(String text) {
        if (text.length() > BITS / 4 || text.length() % 2 != 0) {
            return null;
        }
        try {
            StrictSet set = new StrictSet();
            set.bits.or(BitSet.valueOf(HexFormat.of().parseHex(text)));
            return set;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
