package dev.hearth.encoding;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.hibernate.cache.spi.QueryKey;

/** Another node: writes the digests of a fixed list of queries to a file, one a line; then those of dates of the old kind. */
final class QueryPeer {
    private QueryPeer() {}

    public static void main(String[] arguments) throws Exception {
        Files.write(Path.of(arguments[0]), portableDigests(), StandardCharsets.US_ASCII);
        Files.write(Path.of(arguments[0] + ".dates"), dateDigests(), StandardCharsets.US_ASCII);
    }

    static List<String> portableDigests() {
        return QueryKeySamples.portableKeys().stream().map(QueryPeer::text).toList();
    }

    static List<String> dateDigests() {
        List<String> digests = new ArrayList<>();
        QueryKeySamples.dates().forEach(date -> digests.add(text(QueryKeyFixture.with(date))));
        return digests;
    }

    private static String text(QueryKey key) {
        QueryDigest digest = QueryKeys.digest(key);
        return digest.text() + " " + HexFormat.of().formatHex(digest.check());
    }
}
