package dev.hearth.warming;

import java.time.Duration;

/**
 * Whether a node remembers what was hot, and how much of it.
 *
 * @param enabled whether anything is remembered, and warmed at the next start
 * @param interval how often a node adds to the record what was hot since
 * @param keys how many keys of a region the record has at the most
 * @param queries how many queries it has at the most
 * @param validity after which the record is forgotten, unless somebody adds to it
 */
public record LearningSettings(boolean enabled, Duration interval, int keys, int queries, Duration validity) {}
