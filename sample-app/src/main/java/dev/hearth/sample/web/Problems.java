package dev.hearth.sample.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The ways in which a request is refused; the message reaches the client. */
public final class Problems {
    private Problems() {}

    public static ResponseStatusException notFound(String what, Object key) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no " + what + " " + key);
    }

    public static ResponseStatusException badRequest(String rule) {
        return new ResponseStatusException(HttpStatus.BAD_REQUEST, rule);
    }

    public static ResponseStatusException conflict(String state) {
        return new ResponseStatusException(HttpStatus.CONFLICT, state);
    }
}
