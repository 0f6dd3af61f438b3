package dev.hearth.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the bytes of one direction of a Redis connection in pieces and gives back whole messages (RESP2 and RESP3).
 * Not safe for concurrent use.
 */
final class RespBuffer {
    /** The null reply. */
    static final Object NIL = new Object();

    /** What {@link #poll()} answers while the next message is not complete. */
    static final Object INCOMPLETE = new Object();

    private byte[] bytes = new byte[1024];
    private int start;
    private int end;
    private int cursor;

    void append(byte[] more, int length) {
        if (end + length > bytes.length) {
            int kept = end - start;
            byte[] target = kept + length > bytes.length ? new byte[Math.max(2 * bytes.length, kept + length)] : bytes;
            System.arraycopy(bytes, start, target, 0, kept);
            bytes = target;
            start = 0;
            end = kept;
        }
        System.arraycopy(more, 0, bytes, end, length);
        end += length;
    }

    /**
     * The next message: {@code String} for a status, {@code byte[]} for a bulk, {@code Long}, {@code List} for an
     * aggregate, {@link Failure}, {@link Push}, {@link #NIL} or {@link #INCOMPLETE}.
     */
    Object poll() {
        cursor = start;
        Object message = read();
        if (message != INCOMPLETE) {
            start = cursor;
        }
        return message;
    }

    private Object read() {
        int line = lineEnd();
        if (line < 0) {
            return INCOMPLETE;
        }
        char type = (char) bytes[cursor];
        String rest = new String(bytes, cursor + 1, line - cursor - 1, ISO_8859_1);
        int lineStart = cursor;
        cursor = line + 2;
        return switch (type) {
            case '+', ',', '#', '(' -> rest;
            case '-' -> new Failure(rest);
            case ':' -> Long.valueOf(rest);
            case '_' -> NIL;
            case '$', '=', '!' -> bulk(Integer.parseInt(rest));
            case '*', '~' -> aggregate(Integer.parseInt(rest));
            case '%' -> aggregate(2 * Integer.parseInt(rest));
            case '>' -> push(Integer.parseInt(rest));
            default -> inline(lineStart, line);
        };
    }

    private Object bulk(int length) {
        if (length < 0) {
            return NIL;
        }
        if (end - cursor < length + 2) {
            return INCOMPLETE;
        }
        byte[] value = Arrays.copyOfRange(bytes, cursor, cursor + length);
        cursor += length + 2;
        return value;
    }

    private Object aggregate(int size) {
        if (size < 0) {
            return NIL;
        }
        List<Object> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Object item = read();
            if (item == INCOMPLETE) {
                return INCOMPLETE;
            }
            items.add(item);
        }
        return items;
    }

    private Object push(int size) {
        Object items = aggregate(size);
        return items == INCOMPLETE ? INCOMPLETE : new Push();
    }

    // A command typed by hand or by a health check comes as a line of words.
    private List<Object> inline(int from, int to) {
        String text = new String(bytes, from, to - from, ISO_8859_1).strip();
        List<Object> words = new ArrayList<>();
        for (String word : text.split(" +", -1)) {
            words.add(word.getBytes(ISO_8859_1));
        }
        return words;
    }

    private int lineEnd() {
        for (int i = cursor; i + 1 < end; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** An error reply. */
    record Failure(String message) {}

    /** An out-of-band message, which answers no command. */
    record Push() {}
}
