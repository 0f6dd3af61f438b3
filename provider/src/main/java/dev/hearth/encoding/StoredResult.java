package dev.hearth.encoding;

import java.util.List;

/**
 * A query's result as it lies in the cache.
 *
 * @param results what Hibernate's query cache keeps: column metadata for some queries, the rows, and their number
 * @param hints short texts for whoever reads the result, of no meaning here
 */
public record StoredResult(List<?> results, List<String> hints) {}
