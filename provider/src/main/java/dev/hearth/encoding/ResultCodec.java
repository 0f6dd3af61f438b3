package dev.hearth.encoding;

import java.util.List;

/** Turns the results of queries over certain tables into bytes and back. Immutable and thread-safe. */
public final class ResultCodec {
    ResultCodec() {}

    public byte[] seal(byte[] key, byte[] check, List<?> results, List<String> hints) throws EncodingException {
        throw new EncodingException(EncodingException.Reason.NOT_ENCODABLE, "Not yet", null);
    }

    public StoredResult open(byte[] key, byte[] check, byte[] bytes, int offset) throws UnreadableEntryException {
        throw UnreadableEntryException.malformed("Not yet");
    }
}
