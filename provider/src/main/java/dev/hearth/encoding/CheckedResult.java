package dev.hearth.encoding;

import java.util.List;

/** A query's result with the second hash of its key. */
@SuppressWarnings("ArrayRecordComponent") // compared by ResultCodec only
record CheckedResult(byte[] check, List<?> results, List<String> hints) {}
