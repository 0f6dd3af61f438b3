package dev.hearth.sample.web;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Two writers met at one row: the later one is told to try again. */
@RestControllerAdvice
class ConflictAdvice {
    @ExceptionHandler
    ProblemDetail lostTheRace(OptimisticLockingFailureException race) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "changed by another request; try again");
    }
}
