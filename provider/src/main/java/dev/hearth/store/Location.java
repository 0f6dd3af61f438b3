package dev.hearth.store;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.SettingProblem;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the files and class path resources that settings name. */
final class Location {
    private static final String CLASSPATH = "classpath:";

    private Location() {}

    /**
     * Where a file, or a resource behind {@code classpath:}, lies.
     *
     * @param key the setting that names it
     * @throws HearthConfigurationException if there is none
     */
    static URL of(String key, String location) {
        URL found = location.startsWith(CLASSPATH) ? resource(location.substring(CLASSPATH.length())) : file(location);
        if (found != null) return found;
        throw new HearthConfigurationException(new SettingProblem(
                key,
                "is '" + location + "', which does not exist",
                location.startsWith(CLASSPATH)
                        ? "it must name a resource on the class path"
                        : "it must be the path of a file, absolute or from "
                                + Path.of("").toAbsolutePath() + ", or begin with classpath:"));
    }

    private static @Nullable URL resource(String text) {
        String name = text.startsWith("/") ? text.substring(1) : text;
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        URL found = application == null ? null : application.getResource(name);
        return found != null ? found : Location.class.getClassLoader().getResource(name);
    }

    private static @Nullable URL file(String text) {
        try {
            Path path = Path.of(text);
            return Files.isReadable(path) && Files.isRegularFile(path)
                    ? path.toUri().toURL()
                    : null;
        } catch (InvalidPathException | MalformedURLException e) {
            return null;
        }
    }
}
