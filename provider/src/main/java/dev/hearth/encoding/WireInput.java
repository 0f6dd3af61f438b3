package dev.hearth.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;

/** Reads values from bytes that nobody vouches for: every length is checked against what is left before anything is allocated. */
final class WireInput extends Input {
    private static final byte[] NOTHING = {};

    private int hashedContainers;

    void restart(byte[] bytes, int offset, int length) {
        setBuffer(bytes, offset, length);
        hashedContainers = 0;
    }

    void release() {
        setBuffer(NOTHING);
    }

    int remaining() {
        return limit() - position();
    }

    int readSigned() {
        return readVarInt(false);
    }

    long readSignedLong() {
        return readVarLong(false);
    }

    /** The number of items that follow, each of which takes at least so many bytes. */
    int readCount(int bytesPerItem) {
        return checked(readVarInt(true), bytesPerItem);
    }

    byte[] readCounted() {
        return readBytes(readCount(1));
    }

    String readText() {
        int header = readVarInt(true);
        if ((header & WireOutput.UTF_16) != 0) {
            char[] chars = new char[checked(header >>> 1, Character.BYTES)];
            for (int i = 0; i < chars.length; i++) {
                chars[i] = readChar();
            }
            return new String(chars);
        }
        int length = checked(header >>> 1, 1);
        String text = new String(getBuffer(), position(), length, UTF_8);
        skip(length);
        return text;
    }

    /** Passes over what {@link #readText} would read. */
    void skipText() {
        int header = readVarInt(true);
        int unit = (header & WireOutput.UTF_16) != 0 ? Character.BYTES : 1;
        skip(checked(header >>> 1, unit) * unit);
    }

    /** Runs while the elements of a hash table are read: some classes must not be asked for a hash code. */
    void enterHashedContainer() {
        hashedContainers++;
    }

    void leaveHashedContainer() {
        hashedContainers--;
    }

    boolean insideHashedContainer() {
        return hashedContainers > 0;
    }

    private int checked(int count, int bytesPerItem) {
        if (count < 0 || (long) count * bytesPerItem > remaining()) {
            throw new KryoException(
                    count + " items of at least " + bytesPerItem + " bytes in " + remaining() + " bytes");
        }
        return count;
    }
}
