package dev.hearth.encoding;

import com.esotericsoftware.kryo.KryoException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A list of texts, each as the length of what it shares with the one before it and the rest; ended by a zero. */
final class FrontCoding {
    private static final int END = 0;

    /* UTF-8 takes three bytes for a UTF-16 unit at most; then there are two lengths, and the end of the list. */
    private static final int MOST_BYTES_PER_UNIT = 3;
    private static final int MOST_BYTES_BESIDES = 11;

    private FrontCoding() {}

    /** Writes as many texts as fit in a limit, which is for the bytes written so far as for all their characters. */
    static void write(WireOutput out, List<String> texts, int limit) {
        String previous = "";
        long characters = 0;
        for (String text : texts) {
            int shared = sharedPrefix(previous, text);
            characters += text.length();
            long mostBytes = MOST_BYTES_BESIDES + (long) MOST_BYTES_PER_UNIT * (text.length() - shared);
            if (characters > limit || out.position() + mostBytes > limit) {
                break;
            }
            out.writeCount(shared + 1);
            out.writeText(text.substring(shared));
            previous = text;
        }
        out.writeCount(END);
    }

    /** The bytes of a list, which are whole; whether its texts are sound is for {@link #read} to find. */
    static byte[] skim(WireInput in) {
        int start = in.position();
        while (in.readVarInt(true) != END) {
            in.skipText();
        }
        return Arrays.copyOfRange(in.getBuffer(), start, in.position());
    }

    /** Reads texts of so many characters in all: a few bytes could otherwise stand for a long text many times over. */
    static List<String> read(WireInput in, int limit) {
        List<String> texts = new ArrayList<>();
        String previous = "";
        long characters = 0;
        for (int header = in.readVarInt(true); header != END; header = in.readVarInt(true)) {
            int shared = header - 1;
            String rest = in.readText();
            characters += (long) shared + rest.length();
            if (shared < 0 || shared > previous.length() || characters > limit) {
                throw new KryoException("A text shares " + shared + " characters with one of " + previous.length());
            }
            previous = previous.substring(0, shared) + rest;
            texts.add(previous);
        }
        return texts;
    }

    private static int sharedPrefix(String left, String right) {
        int length = Math.min(left.length(), right.length());
        int shared = 0;
        while (shared < length && left.charAt(shared) == right.charAt(shared)) {
            shared++;
        }
        return shared;
    }
}
