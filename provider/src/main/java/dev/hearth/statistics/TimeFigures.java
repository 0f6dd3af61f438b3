package dev.hearth.statistics;

/**
 * How long something took.
 *
 * @param count how often it was measured, or is taken to have been where only a sample is
 * @param meanNanos 0 if it never was
 * @param p99Nanos what 99 % of the times did not exceed, within a tenth and a microsecond; 0 if it was never measured
 */
public record TimeFigures(long count, long meanNanos, long p99Nanos) {}
