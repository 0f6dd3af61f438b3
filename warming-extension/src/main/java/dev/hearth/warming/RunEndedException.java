package dev.hearth.warming;

/** The run is over before its end was reached: it was cancelled, or another node has taken the task over. */
final class RunEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunEndedException(String why) {
        super(why, null, false, false);
    }
}
