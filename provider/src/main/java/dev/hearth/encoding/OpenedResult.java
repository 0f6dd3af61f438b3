package dev.hearth.encoding;

/** A query's result as it was read, with the second hash of its key. */
@SuppressWarnings("ArrayRecordComponent") // compared by ResultCodec only
record OpenedResult(byte[] check, StoredResult result) {}
