package dev.hearth.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One command as a client sent it.
 *
 * @param connection the number of the connection, counted by the proxy from 0
 * @param name in upper case
 * @param arguments the first 32 arguments as UTF-8, each cut after 256 bytes
 */
public record SentCommand(int connection, String name, List<String> arguments) {
    private static final int ARGUMENTS = 32;
    private static final int BYTES = 256;

    public SentCommand {
        arguments = List.copyOf(arguments);
    }

    static SentCommand of(int connection, List<?> words) {
        List<String> arguments = new ArrayList<>();
        for (Object word : words.subList(Math.min(1, words.size()), Math.min(words.size(), ARGUMENTS + 1))) {
            arguments.add(text(word));
        }
        String name = words.isEmpty() ? "" : text(words.get(0)).toUpperCase(Locale.ROOT);
        return new SentCommand(connection, name, arguments);
    }

    private static String text(Object word) {
        return word instanceof byte[] bytes ? new String(bytes, 0, Math.min(bytes.length, BYTES), UTF_8) : "" + word;
    }

    @Override
    public String toString() {
        return name + " " + String.join(" ", arguments);
    }
}
