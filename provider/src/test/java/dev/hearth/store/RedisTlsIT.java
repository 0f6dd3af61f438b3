package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.HearthSettings;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections, with a certificate that was made for the test and names localhost. */
final class RedisTlsIT {
    private static final String PREFIX = "hibernate.cache.hearth.redis.";
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        write(
                "key.pem",
                "PRIVATE KEY",
                keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
        write("cert.pem", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
    }

    @Test
    void trustsTheCertificateOfTheTruststoreAndShowsItsOwn() throws IOException {
        int port = freePort();
        try (RedisServerFixture server = start(port, "yes");
                RedisConnection connection = open(
                        "localhost",
                        port,
                        Map.of(
                                "tls.truststore",
                                store(),
                                "tls.truststore-password",
                                PASSWORD,
                                "tls.keystore",
                                store(),
                                "tls.keystore-password",
                                PASSWORD))) {
            assertThat(connection.whenReady().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));
            assertThat(connection.masters().get(0).ping()).isTrue();
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotTrusted() throws IOException {
        int port = freePort();
        try (RedisServerFixture server = start(port, "no");
                RedisConnection connection = open("localhost", port, Map.of())) {
            assertThat(connection.whenReady().toCompletableFuture()).failsWithin(Duration.ofSeconds(3));
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void aCertificateThatNamesAnotherHostIsTrustedOnlyIfTheNameIsNotVerified() throws IOException {
        int port = freePort();
        try (RedisServerFixture server = start(port, "no");
                RedisConnection strict = open("127.0.0.1", port, trusting());
                RedisConnection lenient = open("127.0.0.1", port, lenient())) {
            assertThat(lenient.whenReady().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));
            assertThat(strict.ready()).isFalse();
            assertThat(strict.whenReady().toCompletableFuture()).failsWithin(Duration.ofSeconds(3));
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void aTruststoreThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> open("localhost", 6379, Map.of("tls.truststore", "no-such-store.p12")))
                .isInstanceOf(HearthConfigurationException.class)
                .hasMessageContaining("hibernate.cache.hearth.redis.tls.truststore is 'no-such-store.p12'");
    }

    private static Map<String, Object> trusting() {
        return Map.of("tls.truststore", store(), "tls.truststore-password", PASSWORD);
    }

    private static Map<String, Object> lenient() {
        Map<String, Object> settings = new HashMap<>(trusting());
        settings.put("tls.verify-hostname", false);
        return settings;
    }

    private static RedisConnection open(String host, int port, Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(PREFIX + "url", "rediss://" + host + ":" + port);
        more.forEach((name, value) -> settings.put(PREFIX + name, value));
        return RedisConnection.open(HearthSettings.read(settings).redis());
    }

    private static RedisServerFixture start(int tlsPort, String clientCertificates) {
        String certificate = directory.resolve("cert.pem").toString();
        return RedisServers.start(
                "--tls-port", Integer.toString(tlsPort),
                "--tls-cert-file", certificate,
                "--tls-key-file", directory.resolve("key.pem").toString(),
                "--tls-ca-cert-file", certificate,
                "--tls-auth-clients", clientCertificates);
    }

    private static String store() {
        return directory.resolve("store.p12").toString();
    }

    private static void write(String file, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                directory.resolve(file), "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
