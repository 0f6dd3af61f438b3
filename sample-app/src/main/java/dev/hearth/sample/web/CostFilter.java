package dev.hearth.sample.web;

import dev.hearth.statistics.RoundTrips;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Adds to every response what it cost: {@value #SQL} prepared by Hibernate, {@value #REDIS} that the request waited
 * for, and {@value #MICROS} from the arrival of the request until its answer was complete.
 */
@Component
final class CostFilter extends OncePerRequestFilter {
    private static final String SQL = "X-SQL-Statements";
    private static final String REDIS = "X-Redis-Round-Trips";
    private static final String MICROS = "X-Elapsed-Micros";

    private final RecentRequests requests;

    CostFilter(RecentRequests requests) {
        this.requests = requests;
    }

    /* What the page of costs, and the dashboard, ask for themselves is not what they are about. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/actuator") || path.equals(RequestsController.PATH);
    }

    /** The body is held back, because headers must leave before it and the cost is known only after it. */
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long started = System.nanoTime();
        long statements = SqlStatements.onThisThread();
        long roundTrips = RoundTrips.onThisThread();
        ContentCachingResponseWrapper held = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(request, held);
        } finally {
            RecentRequests.Cost cost = new RecentRequests.Cost(
                    request.getMethod(),
                    request.getRequestURI(),
                    held.getStatus(),
                    SqlStatements.onThisThread() - statements,
                    RoundTrips.onThisThread() - roundTrips,
                    (System.nanoTime() - started) / 1_000);
            response.setHeader(SQL, Long.toString(cost.statements()));
            response.setHeader(REDIS, Long.toString(cost.roundTrips()));
            response.setHeader(MICROS, Long.toString(cost.micros()));
            requests.add(cost);
        }
        held.copyBodyToResponse();
    }
}
