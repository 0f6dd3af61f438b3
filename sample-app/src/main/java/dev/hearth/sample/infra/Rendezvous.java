package dev.hearth.sample.infra;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A place on disk where instances of the shop find each other's servers. One of them leads: it holds the lock file, runs
 * the servers and writes down where they are. The lock ends with its process, however that ends.
 */
final class Rendezvous implements AutoCloseable {
    private final Path addresses;
    private final FileChannel channel;
    private @Nullable FileLock lock;

    private Rendezvous(Path addresses, FileChannel channel) {
        this.addresses = addresses;
        this.channel = channel;
    }

    /** Opens the place in a directory. */
    static Rendezvous in(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve("hearth-sample-app.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return new Rendezvous(directory.resolve("hearth-sample-app.servers"), channel);
    }

    /** Whether this instance leads: since now if the lock was free. */
    boolean lead() {
        try {
            if (lock == null) {
                lock = channel.tryLock();
            }
        } catch (OverlappingFileLockException e) {
            // Another instance in this very process leads.
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lock != null;
    }

    /** The servers that the leader, or one that was killed, has written down, if they still answer. */
    Optional<EmbeddedServers> running() {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(addresses)) {
            properties.load(in);
        } catch (IOException absent) {
            return Optional.empty();
        }
        return EmbeddedServers.from(properties).filter(EmbeddedServers::answer);
    }

    /** Tells the others; only for the leader. */
    void write(EmbeddedServers servers) throws IOException {
        Path written = Files.createTempFile(addresses.getParent(), "hearth-sample-app", ".servers");
        try (OutputStream out = Files.newOutputStream(written)) {
            servers.toProperties().store(out, "Where the shop's servers are; written by the instance that runs them");
        }
        Files.move(written, addresses, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Sends nobody to the leader's servers any more; only for the leader. */
    void withdraw() throws IOException {
        Files.deleteIfExists(addresses);
    }

    /** Ends the lead, if this instance has it. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
