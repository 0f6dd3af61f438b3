package dev.hearth.store;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.RedisReadonlyException;
import org.redisson.client.RedisRetryException;
import org.redisson.client.RedisTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps requests away from a Redis that does not answer: one failure opens it, and only the background probe closes it,
 * so that no request ever pays for trying (DESIGN section 9: one command timeout per opening). Open until the first probe.
 */
final class Circuit {
    private static final Logger log = LoggerFactory.getLogger(Circuit.class);

    private final String node;
    private final Runnable onOpen;
    private final CircuitBreaker breaker;
    private boolean everClosed;
    /* Commands sent before the circuit last closed may still fail afterwards; they say nothing about the present. */
    private final AtomicLong closings = new AtomicLong();

    Circuit(String node, Runnable onOpen) {
        this.node = node;
        this.onOpen = onOpen;
        this.breaker = CircuitBreaker.of(
                node,
                CircuitBreakerConfig.custom()
                        .slidingWindow(1, 1, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(100)
                        .waitDurationInOpenState(Duration.ofDays(1))
                        .build());
        breaker.transitionToOpenState();
    }

    boolean permits() {
        return breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    /** What a command remembers of the circuit when it is sent. */
    long ticket() {
        return closings.get();
    }

    void failed(long ticket, Throwable cause) {
        if (ticket == closings.get() && isOutage(cause)) {
            open(cause);
        }
    }

    /** Nothing can be asked of Redis, whatever the reason. */
    synchronized void open(Throwable cause) {
        if (!permits()) {
            return;
        }
        breaker.onError(0, TimeUnit.NANOSECONDS, cause);
        if (!permits()) {
            log.warn(
                    "[{}] Redis does not answer ({}); reads go to the database until it is back",
                    node,
                    Failures.root(cause));
            onOpen.run();
        }
    }

    synchronized void close() {
        if (permits()) {
            return;
        }
        closings.incrementAndGet();
        breaker.transitionToClosedState();
        log.info(
                everClosed
                        ? "[{}] Redis is back, and the node's debt is paid; reads go to the cache again"
                        : "[{}] Redis answers; reads go to the cache",
                node);
        everClosed = true;
    }

    /** An error that Redis itself answered with is that command's matter; silence and lost connections are everyone's. */
    static boolean isOutage(Throwable cause) {
        if (cause instanceof RedisTimeoutException
                || cause instanceof RedisConnectionException
                || cause instanceof RedisRetryException
                || cause instanceof RedisReadonlyException
                || cause instanceof RedisNodeNotFoundException
                || !(cause instanceof RedisException)) {
            return true;
        }
        // Redisson wraps what happened on this side of the connection; an error reply has no cause.
        return cause.getCause() != null;
    }
}
