package dev.hearth.store;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.Setting;
import dev.hearth.config.SettingProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.redisson.config.Config;

/** A Redisson configuration that was read from a YAML file or resource; it connects lazily, whatever it says. */
final class RedissonFile {
    private static final String KEY = Setting.PREFIX + "redis.config";
    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private final String location;
    private final String text;
    private final Config config;

    private RedissonFile(String location, String text) {
        this.location = location;
        this.text = text;
        this.config = parse();
        config.setLazyInitialization(true);
    }

    /**
     * Reads the file at a path or the resource behind {@code classpath:}.
     *
     * @throws HearthConfigurationException if it is not there or cannot be read as a configuration
     */
    static RedissonFile read(String location) {
        try (InputStream content = Location.of(KEY, location).openStream()) {
            return new RedissonFile(location, new String(content.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new HearthConfigurationException(new SettingProblem(
                    KEY, "is '" + location + "', which cannot be read (" + e + ")", "it must name a readable file"));
        }
    }

    String location() {
        return location;
    }

    Config config() {
        return config;
    }

    /** Whether the file itself chooses from where to read, rather than leaving Redisson's default. */
    boolean namesReadMode() {
        return text.contains("readMode");
    }

    HearthConfigurationException refused(String description, String remedy) {
        return new HearthConfigurationException(
                new SettingProblem(KEY, "is '" + location + "', which " + description, remedy));
    }

    /* The parser's message quotes the lines around the mistake, and with them perhaps a password, so only the number of
     * the line is kept. */
    private Config parse() {
        try {
            return Config.fromYAML(text);
        } catch (RuntimeException e) {
            Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
            String where = line.find() ? " (near line " + line.group(1) + ")" : "";
            throw refused(
                    "is not a Redisson configuration" + where,
                    "it must be YAML as Redisson documents it, for example singleServerConfig: {address: "
                            + "\"redis://localhost:6379\"}");
        }
    }
}
