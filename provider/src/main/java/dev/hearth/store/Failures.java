package dev.hearth.store;

import java.util.regex.Pattern;

/** Why Redis did not do what it was asked, as it may be logged. */
final class Failures {
    /* The client's messages end in the command's parameters, which hold keys, and values of the user's. */
    private static final Pattern DETAILS =
            Pattern.compile("(?s)[.,;]? *(channel: \\[|params: \\[|, promise: |command: \\(EVAL).*");

    private Failures() {}

    /** What the failure says, without its command's parameters. */
    static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : DETAILS.matcher(message).replaceFirst("");
    }

    /** As {@link #reason}, of what the failure was caused by in the end, and which kind that is of. */
    static String root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getClass().getSimpleName() + ": " + reason(cause);
    }
}
