package dev.hearth.sample.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the last requests have cost. Safe for concurrent use. */
@Component
class RecentRequests {
    private static final int KEPT = 50;

    private final Deque<Cost> last = new ArrayDeque<>(KEPT);
    private long requests;
    private long statements;
    private long roundTrips;

    /**
     * One request.
     *
     * @param statements prepared by Hibernate
     * @param roundTrips to Redis, which the request has waited for
     * @param micros until the answer was complete
     */
    record Cost(String method, String path, int status, long statements, long roundTrips, long micros) {}

    /** The last requests, the latest first, and the means of all since the start. */
    record Summary(List<Cost> last, long requests, double meanStatements, double meanRoundTrips) {}

    synchronized void add(Cost cost) {
        if (last.size() == KEPT) {
            last.removeLast();
        }
        last.addFirst(cost);
        requests++;
        statements += cost.statements;
        roundTrips += cost.roundTrips;
    }

    synchronized Summary summary() {
        double all = Math.max(1, requests);
        return new Summary(new ArrayList<>(last), requests, statements / all, roundTrips / all);
    }
}
