package dev.hearth.warming;

import dev.hearth.statistics.QueryFigures;
import java.util.List;

/**
 * What a node has learned.
 *
 * @param enabled whether anything is remembered at all
 * @param saves how often this node has added to what all nodes remember
 * @param unreadable how many records it has found that it could not read, and so ignored
 * @param keys how many keys were remembered when this node last looked, which it does before it warms them
 * @param queries how many queries were
 * @param unwarmed the queries that gain on this node and that nothing warms, the greatest gain first: their parameters are
 *     remembered nowhere, so that only a declaration can name them
 */
public record LearningStatus(
        boolean enabled, long saves, long unreadable, int keys, int queries, List<QueryFigures> unwarmed) {
    static final LearningStatus OFF = new LearningStatus(false, 0, 0, 0, 0, List.of());
}
