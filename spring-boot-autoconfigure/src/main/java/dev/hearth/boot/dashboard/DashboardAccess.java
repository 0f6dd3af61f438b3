package dev.hearth.boot.dashboard;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Which buttons the page shows. What an endpoint is asked for is decided there, whatever the page shows.
 *
 * @param evict whether entries, regions and tables may be made misses
 * @param warm whether tasks of warming may be started, paused and cancelled
 */
public record DashboardAccess(boolean evict, boolean warm) implements OperationResponseBody {}
