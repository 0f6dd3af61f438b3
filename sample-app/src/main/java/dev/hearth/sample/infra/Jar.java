package dev.hearth.sample.infra;

import dev.hearth.sample.SampleApplication;
import java.io.File;
import java.nio.file.Path;
import org.springframework.boot.system.ApplicationHome;

/** The jar of this application. */
final class Jar {
    private static final String NAME = "hearth-sample-app.jar";

    private Jar() {}

    /** Where it lies; for an application that runs from its classes, where Maven puts it. */
    static Path path() {
        File source = new ApplicationHome(SampleApplication.class).getSource();
        if (source == null) {
            return Path.of(NAME).toAbsolutePath();
        }
        Path path = source.toPath().toAbsolutePath();
        return source.isFile() ? path : path.resolveSibling(NAME);
    }

    static Path directory() {
        return path().resolve("..").normalize();
    }

    /** The shortest way to name it in a command typed where this one was. */
    static String argument() {
        Path path = path();
        Path here = Path.of("").toAbsolutePath();
        return (path.startsWith(here) ? here.relativize(path) : path).toString();
    }
}
