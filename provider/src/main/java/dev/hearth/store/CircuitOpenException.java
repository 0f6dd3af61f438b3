package dev.hearth.store;

/** The circuit is open: nothing was sent. Carries no stack trace, since it is thrown by the thousand. */
final class CircuitOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CircuitOpenException() {
        super("the circuit to Redis is open", null, false, false);
    }
}
