package dev.hearth.boot.autoconfigure;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.redisson.config.Credentials;
import org.redisson.config.CredentialsResolver;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Sentinel;

/** The login at Sentinels, where the servers that they watch want none. */
final class SentinelLogin implements CredentialsResolver {
    /* Redisson asks itself whether Sentinels want a login only if the servers do. It tells here of an address alone, and
     * of Sentinels that it has heard of from others; they are known by their port, which servers do not share. */
    private final Set<Integer> ports;
    private final CompletionStage<Credentials> ofSentinels;
    private final CompletionStage<Credentials> none = CompletableFuture.completedFuture(new Credentials());

    SentinelLogin(Sentinel sentinel, String password) {
        this.ports = sentinel.getNodes().stream().map(Node::port).collect(Collectors.toSet());
        this.ofSentinels = CompletableFuture.completedFuture(new Credentials(sentinel.getUsername(), password));
    }

    @Override
    public CompletionStage<Credentials> resolve(@Nullable InetSocketAddress address) {
        return address != null && ports.contains(address.getPort()) ? ofSentinels : none;
    }
}
