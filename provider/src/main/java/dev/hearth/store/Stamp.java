package dev.hearth.store;

/**
 * A lower bound of Redis time, taken without a round trip (DESIGN section 4).
 *
 * @param micros microseconds of the server's {@code TIME}
 * @param identity the servers whose clocks it comes from, 16 characters
 * @param epoch counts what voids earlier stamps: time stepping back, another server, a gap between polls
 */
public record Stamp(long micros, String identity, long epoch) {
    /** Publishes nothing. */
    public static final Stamp VOID = new Stamp(0, "", -1);

    boolean isVoid() {
        return epoch < 0;
    }
}
