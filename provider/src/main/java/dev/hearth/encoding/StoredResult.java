package dev.hearth.encoding;

import java.util.List;

/**
 * A query's result as it lies in the cache.
 *
 * @param results what Hibernate's query cache keeps: column metadata for some queries, the rows, and their number
 * @param hints for whoever reads the result
 */
public record StoredResult(List<?> results, ResultHints hints) {}
