package dev.hearth.sample.infra;

import java.io.IOException;

/** The shop has no servers, for the reason that the cause gives. */
final class NoServersException extends RuntimeException {
    NoServersException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
