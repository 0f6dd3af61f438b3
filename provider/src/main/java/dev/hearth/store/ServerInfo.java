package dev.hearth.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.redisson.api.redisnode.RedisNode;
import org.redisson.api.redisnode.RedisNodeAsync;

/**
 * What a server that is taken for a master says of itself.
 *
 * @param address where it is
 * @param maximumMemory bytes from which on it drops or refuses something; 0 for no bound
 * @param policy what it drops then, in Redis's own words; empty if it does not say
 * @param role {@code master}, or {@code slave} for a replica; empty if it does not say
 */
public record ServerInfo(String address, long maximumMemory, String policy, String role) {
    /** Asks every master, in the background; fails if one does not answer, or refuses to. */
    static CompletableFuture<List<ServerInfo>> of(RedisConnection connection) {
        try {
            List<CompletableFuture<ServerInfo>> asked =
                    connection.masters().stream().map(ServerInfo::of).toList();
            return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                    .thenApply(
                            all -> asked.stream().map(CompletableFuture::join).toList());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletableFuture<ServerInfo> of(RedisNode server) {
        RedisNodeAsync asked = (RedisNodeAsync) server;
        String address =
                server.getAddr().getHostString() + ":" + server.getAddr().getPort();
        return info(asked, RedisNode.InfoSection.MEMORY)
                .thenCombine(info(asked, RedisNode.InfoSection.REPLICATION), (memory, replication) -> {
                    Map<String, String> all = new HashMap<>(memory);
                    all.putAll(replication);
                    return of(address, all);
                });
    }

    private static CompletableFuture<Map<String, String>> info(RedisNodeAsync server, RedisNode.InfoSection section) {
        return server.infoAsync(section).toCompletableFuture();
    }

    private static ServerInfo of(String address, Map<String, String> info) {
        return new ServerInfo(
                address,
                bytes(info.getOrDefault("maxmemory", "0")),
                info.getOrDefault("maxmemory_policy", ""),
                info.getOrDefault("role", ""));
    }

    private static long bytes(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
