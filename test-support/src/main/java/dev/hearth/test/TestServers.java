package dev.hearth.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.testcontainers.DockerClientFactory;

/** Decides where the servers of a test run come from: named ones, then containers, then embedded binaries. */
final class TestServers {
    /** {@code auto} (default), {@code docker} or {@code embedded}. */
    static final String SWITCH = "hearth.test.servers";

    private static final List<String> LEGAL = List.of("auto", "docker", "embedded");

    private TestServers() {}

    /** Whether servers that nobody named should run in containers. Asks for a Docker engine once. */
    static boolean inContainers() {
        return Containers.WANTED;
    }

    private static boolean containersWanted() {
        String choice = System.getProperty(SWITCH, "auto").toLowerCase(Locale.ROOT);
        if (!LEGAL.contains(choice)) {
            throw new IllegalArgumentException(SWITCH + " must be one of " + LEGAL + ", but was '" + choice + "'");
        }
        return choice.equals("docker") || (choice.equals("auto") && dockerAnswers());
    }

    private static boolean dockerAnswers() {
        // Asking Testcontainers where there is clearly no engine costs seconds and fills the log with its attempts.
        boolean thinkable = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        return thinkable && DockerClientFactory.instance().isDockerAvailable();
    }

    private static final class Containers {
        static final boolean WANTED = containersWanted();
    }
}
