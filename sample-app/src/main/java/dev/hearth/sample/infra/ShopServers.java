package dev.hearth.sample.infra;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers that this instance uses, and the duty to stop them if they are its own. */
final class ShopServers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ShopServers.class);
    private static final Duration LEADER_START_LIMIT = Duration.ofSeconds(60);

    private final ServerAddresses addresses;
    private final boolean joinable;
    private final Duty duty;

    private interface Duty {
        void end() throws IOException;
    }

    private ShopServers(ServerAddresses addresses, boolean joinable, Duty duty) {
        this.addresses = addresses;
        this.joinable = joinable;
        this.duty = duty;
    }

    /** Servers that somebody else runs. */
    static ShopServers given(ServerAddresses addresses) {
        log.info("Using {} and {}", addresses.postgresUrl(), addresses.redisUrl());
        return new ShopServers(addresses, false, () -> {});
    }

    /** Servers of this instance alone. */
    static ShopServers own() throws IOException {
        EmbeddedServers servers = EmbeddedServers.start();
        log.info(
                "Started PostgreSQL at {} and Redis at {}",
                servers.postgres().url(),
                servers.redis().url());
        return new ShopServers(servers.addresses(), false, servers::stop);
    }

    /** The servers of the instance that leads at this place; if none does, this one leads and starts them. */
    static ShopServers shared(Path place) throws IOException {
        Rendezvous rendezvous;
        try {
            rendezvous = Rendezvous.in(place);
        } catch (IOException e) {
            log.info("No other instance can join this one: {} cannot hold a lock file ({})", place, e.toString());
            return own();
        }
        Waiting.until(() -> rendezvous.lead() || rendezvous.running().isPresent(), LEADER_START_LIMIT);
        if (rendezvous.lead()) {
            return leading(rendezvous);
        }
        EmbeddedServers servers = rendezvous
                .running()
                .orElseThrow(() -> new IOException("Another instance, started from "
                        + place + " too, has not told within " + LEADER_START_LIMIT.toSeconds()
                        + " s where its servers are; stop it, or give this one its own with --shop.join=false"));
        rendezvous.close();
        log.info(
                "Joined PostgreSQL at {} and Redis at {}; they end with the instance that started them",
                servers.postgres().url(),
                servers.redis().url());
        return new ShopServers(servers.addresses(), true, () -> {});
    }

    private static ShopServers leading(Rendezvous rendezvous) throws IOException {
        Optional<EmbeddedServers> left = rendezvous.running();
        EmbeddedServers servers = left.isPresent() ? left.get() : EmbeddedServers.start();
        log.info(
                "{} PostgreSQL at {} and Redis at {}; they end with this instance",
                left.isPresent() ? "An instance was killed and left" : "Started",
                servers.postgres().url(),
                servers.redis().url());
        rendezvous.write(servers);
        return new ShopServers(servers.addresses(), true, () -> {
            rendezvous.withdraw();
            servers.stop();
            // Only now, so that an instance that starts at once finds the ports free.
            rendezvous.close();
        });
    }

    ServerAddresses addresses() {
        return addresses;
    }

    /** Whether an instance started from the same place finds these servers by itself. */
    boolean joinable() {
        return joinable;
    }

    @Override
    public void close() throws IOException {
        duty.end();
    }
}
