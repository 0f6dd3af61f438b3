package dev.hearth.doctor;

import dev.hearth.hibernate.HibernateNode;
import dev.hearth.store.ServerInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** What the servers drop when memory is short, and whether they are masters at all. */
final class Servers implements Check {
    /* A lock is written anew by each writer and read by few. By age of use it is among the last to be dropped, by count of
     * uses and by remaining time among the first, and by chance it is dropped like anything else. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String LEAST_RECENTLY_USED = "-lru";
    private static final String NOTHING = "noeviction";
    private static final String ANY_KEY = "allkeys";
    private static final String REMEDY =
            "set maxmemory-policy to volatile-lru, by which locks are dropped last, and records and fences never";
    /* Redis 8.6 and later: the keys that were written longest ago. */
    private static final String LEAST_RECENTLY_WRITTEN = "-lrm";

    @Override
    public Stream<Finding> examine(HibernateNode node) {
        List<ServerInfo> servers;
        try {
            servers = node.node().tier().servers().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return Stream.of(unchecked(node, String.valueOf(e.getCause())));
        } catch (TimeoutException e) {
            return Stream.of(unchecked(node, "Redis did not answer within " + PATIENCE.toSeconds() + " s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Stream.empty();
        }
        return servers.isEmpty()
                ? Stream.of(unchecked(node, "Redis was not reached yet"))
                : servers.stream().flatMap(server -> Stream.concat(policy(server), role(server)));
    }

    private static Finding unchecked(HibernateNode node, String why) {
        return new Finding(
                Severity.INFO,
                "server-not-checked",
                "Redis of node " + node.node().tier().node(),
                "its maxmemory-policy and role could not be checked (" + why + ")",
                "allow +info to the user, and see that maxmemory-policy is volatile-lru or noeviction");
    }

    private static Stream<Finding> policy(ServerInfo server) {
        if (server.maximumMemory() == 0
                || server.policy().equals(NOTHING)
                || server.policy().isEmpty()) {
            return Stream.empty();
        }
        if (!dropsWhatIsOld(server.policy())) {
            return Stream.of(new Finding(
                    Severity.WARNING,
                    "eviction-may-drop-locks",
                    server.address(),
                    "its maxmemory-policy is " + server.policy()
                            + ": when memory is short, a lock may be dropped before what nobody uses, and until its"
                            + " transaction is over others may publish what they loaded before",
                    REMEDY));
        }
        return server.policy().startsWith(ANY_KEY)
                ? Stream.of(new Finding(
                        Severity.INFO,
                        "eviction-may-clear-regions",
                        server.address(),
                        "its maxmemory-policy is " + server.policy()
                                + ": when memory is short, the record or the fences of a region may be dropped, which makes"
                                + " everything in it a miss",
                        REMEDY))
                : Stream.empty();
    }

    private static boolean dropsWhatIsOld(String policy) {
        return policy.endsWith(LEAST_RECENTLY_USED) || policy.endsWith(LEAST_RECENTLY_WRITTEN);
    }

    private static Stream<Finding> role(ServerInfo server) {
        return server.role().equals("slave")
                ? Stream.of(new Finding(
                        Severity.ERROR,
                        "reads-from-replica",
                        server.address(),
                        "it is a replica, which lags behind its master and may serve entries that are no longer true",
                        "connect to the master, or through Sentinel or a Cluster, which know who it is"))
                : Stream.empty();
    }
}
