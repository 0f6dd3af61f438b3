package dev.hearth.boot.autoconfigure;

import dev.hearth.config.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;
import org.redisson.config.ReplicatedServersConfig;
import org.redisson.config.SingleServerConfig;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.ssl.SslBundle;

/**
 * The Redis of {@code spring.data.redis.*}, or of a service connection of Docker Compose or Testcontainers. Entries are read
 * from masters, whatever there is to read from.
 */
final class ConnectionDetailsAddress implements RedisAddress {
    /* Like Boot, a Cluster, Sentinels, or a master with replicas stand before the one server that is always named. */
    private final DataRedisConnectionDetails details;

    ConnectionDetailsAddress(DataRedisConnectionDetails details) {
        this.details = details;
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(Setting.PREFIX + "redis.url", url());
        put(settings, "redis.user", details.getPassword() == null ? null : details.getUsername());
        put(settings, "redis.password", details.getPassword());
        int database = database();
        put(settings, "redis.database", database == 0 ? null : database);
        return settings;
    }

    private static void put(Map<String, Object> settings, String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) settings.put(Setting.PREFIX + name, value);
    }

    private String url() {
        String scheme = details.getSslBundle() == null ? "redis" : "rediss";
        DataRedisConnectionDetails.Cluster cluster = details.getCluster();
        if (cluster != null) return scheme + "+cluster://" + hosts(cluster.getNodes());
        DataRedisConnectionDetails.Sentinel sentinel = details.getSentinel();
        if (sentinel != null) {
            return scheme + "+sentinel://" + hosts(sentinel.getNodes()) + "/" + sentinel.getMaster();
        }
        DataRedisConnectionDetails.MasterReplica replicas = details.getMasterReplica();
        if (replicas != null) return scheme + "://" + host(replicas.getNodes().get(0));
        DataRedisConnectionDetails.Standalone standalone = details.getStandalone();
        if (standalone == null) {
            throw new IllegalStateException("The Redis connection details name no server: " + details);
        }
        return scheme + "://" + host(new Node(standalone.getHost(), standalone.getPort()));
    }

    private int database() {
        if (details.getCluster() != null || details.getMasterReplica() != null) return 0;
        DataRedisConnectionDetails.Sentinel sentinel = details.getSentinel();
        if (sentinel != null) return sentinel.getDatabase();
        DataRedisConnectionDetails.Standalone standalone = details.getStandalone();
        return standalone == null ? 0 : standalone.getDatabase();
    }

    private static String hosts(List<Node> nodes) {
        return nodes.stream().map(ConnectionDetailsAddress::host).collect(Collectors.joining(","));
    }

    private static String host(Node node) {
        boolean bareAddress = node.host().contains(":") && !node.host().startsWith("[");
        return (bareAddress ? "[" + node.host() + "]" : node.host()) + ":" + node.port();
    }

    @Override
    public Config complete(Config config) {
        DataRedisConnectionDetails.Sentinel sentinel = details.getCluster() == null ? details.getSentinel() : null;
        if (sentinel != null) {
            config.useSentinelServers()
                    .setSentinelUsername(sentinel.getUsername())
                    .setSentinelPassword(sentinel.getPassword());
            String password = sentinel.getPassword();
            if (password != null && details.getPassword() == null) {
                config.setCredentialsResolver(new SentinelLogin(sentinel, password));
            }
        }
        DataRedisConnectionDetails.MasterReplica replicas = details.getMasterReplica();
        Config made = replicas != null && sentinel == null && details.getCluster() == null
                ? replicated(config, replicas.getNodes())
                : config;
        SslBundle bundle = details.getSslBundle();
        if (bundle != null) encrypt(made, bundle);
        return made;
    }

    /* A configuration has one kind of servers, so that the rest of it is copied. */
    private Config replicated(Config from, List<Node> nodes) {
        Config config = new Config()
                .setLazyInitialization(true)
                .setCodec(from.getCodec())
                .setThreads(from.getThreads())
                .setNettyThreads(from.getNettyThreads())
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setUsername(from.getUsername())
                .setPassword(from.getPassword())
                .setSslVerificationMode(from.getSslVerificationMode());
        config.setReferenceEnabled(false);
        SingleServerConfig tuned = from.useSingleServer();
        ReplicatedServersConfig servers = config.useReplicatedServers();
        String scheme = details.getSslBundle() == null ? "redis://" : "rediss://";
        nodes.forEach(node -> servers.addNodeAddress(scheme + host(node)));
        servers.setReadMode(ReadMode.MASTER)
                .setMasterConnectionPoolSize(tuned.getConnectionPoolSize())
                .setMasterConnectionMinimumIdleSize(tuned.getConnectionMinimumIdleSize())
                .setClientName(tuned.getClientName())
                .setTimeout(tuned.getTimeout())
                .setConnectTimeout(tuned.getConnectTimeout())
                .setRetryAttempts(tuned.getRetryAttempts())
                .setReconnectionDelay(tuned.getReconnectionDelay())
                .setPingConnectionInterval(tuned.getPingConnectionInterval())
                .setIdleConnectionTimeout(tuned.getIdleConnectionTimeout());
        return config;
    }

    private static void encrypt(Config config, SslBundle bundle) {
        config.setSslTrustManagerFactory(bundle.getManagers().getTrustManagerFactory())
                .setSslKeyManagerFactory(bundle.getManagers().getKeyManagerFactory());
        String[] protocols = bundle.getOptions().getEnabledProtocols();
        if (protocols != null) config.setSslProtocols(protocols);
        String[] ciphers = bundle.getOptions().getCiphers();
        if (ciphers != null) config.setSslCiphers(ciphers);
    }
}
