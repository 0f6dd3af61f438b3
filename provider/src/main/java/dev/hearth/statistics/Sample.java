package dev.hearth.statistics;

import java.time.Instant;

/**
 * A number that the background looks up now and then.
 *
 * @param at when it was looked up, by this machine's clock
 */
public record Sample(long value, Instant at) {}
