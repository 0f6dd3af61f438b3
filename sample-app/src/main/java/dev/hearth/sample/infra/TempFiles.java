package dev.hearth.sample.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The shop's files in the temporary directory. */
final class TempFiles {
    static final Path ROOT = Path.of(System.getProperty("java.io.tmpdir"));

    private TempFiles() {}

    /** A path that does not exist yet and that nobody else will choose. */
    static Path fresh(String purpose) {
        return ROOT.resolve("hearth-" + purpose + "-" + UUID.randomUUID());
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
