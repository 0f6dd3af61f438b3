package dev.hearth.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The steps of the protocol (DESIGN sections 5, 7 and 8), each one Lua script in a file of its own. */
enum Script {
    PUT_FROM_LOAD("puts"),
    PUT_MANY("puts"),
    LOOK,
    LOCK("tables"),
    RELEASE("tables"),
    EVICT,
    OPEN_REGION,
    BULK_LOCK,
    BULK_UNLOCK,
    EVICT_REGION,
    OPEN_TABLES("tables"),
    CLEAR_TABLES("tables"),
    ANNOUNCE("tables"),
    SETTLE("tables"),
    PUT_RESULT("results"),
    REMOVE_RESULT("results"),
    SWEEP_RESULTS("results"),
    BEAT,
    PULSE,
    HAND_OVER,
    LEAVE,
    SAMPLE,
    TASK_ACQUIRE("tasks"),
    TASK_RENEW("tasks"),
    TASK_CHECKPOINT("tasks"),
    TASK_FINISH("tasks"),
    TASK_ORDER("tasks"),
    REPLACE_RECORD;

    /** The files in front of the script's own, which it shares with others. */
    private final String[] shared;

    Script(String... alsoShared) {
        this.shared = alsoShared;
    }

    /** A script as it is sent: its text, and the digest by which the server knows it once it has seen the text. */
    record Loaded(String text, String sha) {}

    /** Reads the script with what all share in front, each passed through {@code change}; tests of the tests mutate. */
    Loaded load(UnaryOperator<String> change) {
        String text = Stream.of(Stream.of("common"), Stream.of(shared), Stream.of(name().toLowerCase(Locale.ROOT)))
                .flatMap(Function.identity())
                .map(file -> change.apply(resource(file)))
                .collect(Collectors.joining("\n"));
        return new Loaded(text, sha1(text));
    }

    /** A file for the servers of a Cluster: scripts keep to the slot of their keys there, and count no messages. */
    static String onCluster(String text) {
        return text.replace("local NUMBERED = true", "local NUMBERED = false");
    }

    private static String resource(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException("The script " + name + ".lua is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
