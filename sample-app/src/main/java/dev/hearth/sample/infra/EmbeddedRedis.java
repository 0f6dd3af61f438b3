package dev.hearth.sample.infra;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/**
 * A Redis of the shop's own, for this machine only. It keeps nothing on disk, and runs apart from this process and its
 * terminal: Ctrl-C must not take it away before Hibernate has closed.
 *
 * @param url where it listens
 * @param directory its working directory, which ends with it
 */
record EmbeddedRedis(String url, Path directory) {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final String STATIC_REDIS = "/redis-server-6.2.7-linux-386";
    private static final int WISHED_PORT = 16_379;
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final int SOCKET_MILLIS = 2_000;

    /** Starts a server; returns once it answers. */
    static EmbeddedRedis start() throws IOException {
        // Resolved, because it is compared with what Redis says.
        Path directory = Files.createTempDirectory("hearth-shop-redis-").toRealPath();
        int port = Ports.freeOnLoopback(WISHED_PORT);
        Path output = directory.resolve("server.log");
        Command.run(List.of(
                executable(directory),
                "--daemonize",
                "yes",
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                directory.toString(),
                "--logfile",
                output.toString(),
                "--save",
                "",
                "--appendonly",
                "no"));
        EmbeddedRedis redis = new EmbeddedRedis("redis://127.0.0.1:" + port, directory);
        if (!Waiting.until(redis::answers, START_LIMIT)) {
            throw new IOException("Redis did not start on port " + port + ": " + Files.readString(output));
        }
        return redis;
    }

    /** Whether this very server, and not another at its address, answers commands. */
    boolean answers() {
        try {
            return ask("CONFIG GET dir").contains(directory.toString());
        } catch (IOException e) {
            return false;
        }
    }

    /** Stops the server and deletes its files. */
    void stop() throws IOException {
        try {
            ask("SHUTDOWN NOSAVE");
        } catch (IOException e) {
            // A server that ends does not always close its connections in order.
            if (answers()) {
                throw e;
            }
        }
        TempFiles.delete(directory);
    }

    /** Sends one command and answers all that arrives until the connection ends. */
    private String ask(String command) throws IOException {
        URI address = URI.create(url);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), SOCKET_MILLIS);
            socket.setSoTimeout(SOCKET_MILLIS);
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    /* The Redis for 64-bit Linux needs glibc and OpenSSL 3, which a small machine may lack; the 32-bit one needs
     * nothing and steps in. */
    private static String executable(Path directory) throws IOException {
        String usual = unpack(ExecutableProvider.newProvidedVersionsMap(), directory);
        try {
            Command.run(List.of(usual, "--version"));
            return usual;
        } catch (IOException e) {
            if (!OsArchitecture.detectOSandArchitecture().equals(OsArchitecture.UNIX_x86_64)) {
                throw e;
            }
            log.info("Redis for 64 bits does not run here, so the one for 32 bits does ({})", e.getMessage());
            return unpack(Map.of(OsArchitecture.UNIX_x86_64, STATIC_REDIS), directory);
        }
    }

    private static String unpack(Map<OsArchitecture, String> binaries, Path directory) throws IOException {
        return ExecutableProvider.newJarResourceProvider(directory.toFile()::getAbsoluteFile, binaries)
                .get()
                .toString();
    }
}
