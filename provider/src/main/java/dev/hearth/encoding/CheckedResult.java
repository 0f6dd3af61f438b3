package dev.hearth.encoding;

import java.util.List;

/** A query's result as it is written, with the second hash of its key. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CheckedResult(byte[] check, List<?> results, List<String> hints) {}
