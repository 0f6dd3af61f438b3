package dev.hearth.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The steps of the entry protocol (DESIGN section 5), each one Lua script in a file of its own. */
enum Script {
    PUT_FROM_LOAD,
    LOCK,
    RELEASE,
    EVICT,
    OPEN_REGION,
    BULK_LOCK,
    BULK_UNLOCK,
    EVICT_REGION;

    /** A script as it is sent: its text, and the digest by which the server knows it once it has seen the text. */
    record Loaded(String text, String sha) {}

    /** Reads the script with what all share in front, each passed through {@code change}; tests of the tests mutate. */
    Loaded load(UnaryOperator<String> change) {
        String text = change.apply(resource("common")) + "\n" + change.apply(resource(name().toLowerCase(Locale.ROOT)));
        return new Loaded(text, sha1(text));
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
