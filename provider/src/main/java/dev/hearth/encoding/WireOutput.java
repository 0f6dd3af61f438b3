package dev.hearth.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.esotericsoftware.kryo.io.Output;

/** Where values are written, with the forms that {@link WireInput} reads without trust. */
final class WireOutput extends Output {
    static final int UTF_16 = 1;

    private static final int INITIAL_CAPACITY = 512;
    private static final int RETAINED_CAPACITY = 64 * 1024;

    private int hashedContainers;

    WireOutput() {
        super(INITIAL_CAPACITY);
    }

    /** Starts anew, with a buffer that may grow to about {@code limit} bytes. */
    void restart(int limit) {
        byte[] buffer = getBuffer();
        setBuffer(buffer, Math.max(limit, buffer.length));
        hashedContainers = 0;
    }

    /** Lets go of a buffer that one large entry has made large. */
    void release() {
        if (getBuffer().length > RETAINED_CAPACITY) {
            setBuffer(new byte[INITIAL_CAPACITY]);
        }
    }

    /** Runs while the elements of a hash table are written: see {@link WireInput#enterHashedContainer()}. */
    void enterHashedContainer() {
        hashedContainers++;
    }

    void leaveHashedContainer() {
        hashedContainers--;
    }

    boolean insideHashedContainer() {
        return hashedContainers > 0;
    }

    void writeSigned(int value) {
        writeVarInt(value, false);
    }

    void writeSigned(long value) {
        writeVarLong(value, false);
    }

    void writeCount(int count) {
        writeVarInt(count, true);
    }

    void writeCounted(byte[] bytes) {
        writeCount(bytes.length);
        writeBytes(bytes);
    }

    /** Writes any string, even one with unpaired surrogates, which UTF-8 cannot express. */
    void writeText(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        if (new String(utf8, UTF_8).equals(text)) {
            writeCount(utf8.length << 1);
            writeBytes(utf8);
        } else {
            writeCount(text.length() << 1 | UTF_16);
            for (int i = 0; i < text.length(); i++) {
                writeChar(text.charAt(i));
            }
        }
    }
}
