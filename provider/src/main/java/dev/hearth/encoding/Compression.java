package dev.hearth.encoding;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Payloads in the zlib format after their own length, which is checked before anything is allocated. */
final class Compression {
    /* Deflate cannot do better than 1,032 to 1. */
    private static final int BEST_RATIO = 1032;
    private static final int LENGTH_BYTES = 4;

    private Compression() {}

    /** The compressed form, or null if it is not smaller. */
    static byte @Nullable [] compress(byte[] payload) {
        byte[] smaller = new byte[Math.max(payload.length - LENGTH_BYTES - 1, 0)];
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(payload);
            deflater.finish();
            int length = deflater.deflate(smaller);
            if (!deflater.finished()) {
                return null;
            }
            Output out = new Output(LENGTH_BYTES + length);
            out.writeInt(payload.length);
            out.writeBytes(smaller, 0, length);
            return out.toBytes();
        } finally {
            deflater.end();
        }
    }

    /** What was compressed, or an {@link UnreadableEntryException} if that is not exactly what it claims to be. */
    static byte[] decompress(byte[] bytes, int offset, int limit) throws UnreadableEntryException {
        int compressed = bytes.length - offset - LENGTH_BYTES;
        if (compressed <= 0) {
            throw UnreadableEntryException.malformed("A compressed payload without content");
        }
        int claimed = new Input(bytes, offset, LENGTH_BYTES).readInt();
        if (claimed < 0 || claimed > limit || claimed / BEST_RATIO > compressed) {
            throw UnreadableEntryException.malformed(compressed + " bytes claim to hold " + claimed);
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, offset + LENGTH_BYTES, compressed);
            byte[] payload = new byte[claimed];
            int length = inflater.inflate(payload);
            // At the very end there may be a checksum left to read, but no byte of content.
            boolean ended = inflater.finished() || (inflater.inflate(new byte[1]) == 0 && inflater.finished());
            if (length != claimed || !ended || inflater.getRemaining() > 0) {
                throw UnreadableEntryException.malformed("A compressed payload of another length than it claims");
            }
            return payload;
        } catch (DataFormatException e) {
            throw new UnreadableEntryException(UnreadableEntryException.Reason.MALFORMED, "Not in the zlib format", e);
        } finally {
            inflater.end();
        }
    }
}
