package dev.hearth.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RespBufferTest {
    // Not a text block, because every line end is CR LF.
    @SuppressWarnings("StringConcatToTextBlock")
    private static final String CONVERSATION = "+OK\r\n:42\r\n$3\r\na\r\n\r\n$-1\r\n*2\r\n$1\r\nx\r\n*1\r\n:7\r\n"
            + "-ERR no\r\n>2\r\n$1\r\na\r\n:1\r\n%1\r\n+k\r\n+v\r\n_\r\n*-1\r\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void messagesAreWholeHoweverTheirBytesArrive(int pieceLength) {
        assertThat(messages(CONVERSATION, pieceLength))
                .usingRecursiveComparison()
                .isEqualTo(List.of(
                        "OK",
                        42L,
                        "a\r\n".getBytes(UTF_8),
                        RespBuffer.NIL,
                        List.of("x".getBytes(UTF_8), List.of(7L)),
                        new RespBuffer.Failure("ERR no"),
                        new RespBuffer.Push(),
                        List.of("k", "v"),
                        RespBuffer.NIL,
                        RespBuffer.NIL));
    }

    @Test
    void aCommandMayBeALineOfWords() {
        assertThat(messages("PING now\r\n", 4))
                .usingRecursiveComparison()
                .isEqualTo(List.of(List.of("PING".getBytes(UTF_8), "now".getBytes(UTF_8))));
    }

    @Test
    void manyLargeMessagesFitThroughOneBuffer() {
        String bulk = "$5000\r\n" + "x".repeat(5000) + "\r\n";
        assertThat(messages(bulk.repeat(50), 4096))
                .hasSize(50)
                .allSatisfy(message -> assertThat((byte[]) message).hasSize(5000));
    }

    private static List<Object> messages(String text, int pieceLength) {
        RespBuffer buffer = new RespBuffer();
        List<Object> messages = new ArrayList<>();
        byte[] bytes = text.getBytes(UTF_8);
        for (int from = 0; from < bytes.length; from += pieceLength) {
            int length = Math.min(pieceLength, bytes.length - from);
            buffer.append(Arrays.copyOfRange(bytes, from, from + length), length);
            for (Object next = buffer.poll(); next != RespBuffer.INCOMPLETE; next = buffer.poll()) {
                messages.add(next);
            }
        }
        return messages;
    }
}
