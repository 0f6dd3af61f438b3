package dev.hearth.protocol;

/** A lock could not be written to Redis, and the region's settings say that the transaction is rolled back then. */
public final class LockUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LockUnavailableException(String region) {
        super("[" + region + "] Redis does not take the lock that this transaction needs; it is rolled back because"
                + " on-unavailable is 'fail' (with 'degrade' it would commit, and the region would be cleared later)");
    }
}
