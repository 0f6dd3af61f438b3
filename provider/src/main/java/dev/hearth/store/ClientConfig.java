package dev.hearth.store;

import dev.hearth.config.RedisSettings;
import dev.hearth.config.RedisUrl;
import dev.hearth.config.Setting;
import dev.hearth.config.TlsSettings;
import java.net.URL;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.ClusterServersConfig;
import org.redisson.config.Config;
import org.redisson.config.EqualJitterDelay;
import org.redisson.config.ReadMode;
import org.redisson.config.SentinelServersConfig;
import org.redisson.config.SingleServerConfig;
import org.redisson.config.SslVerificationMode;

/**
 * Configures the client that we make ourselves: it connects lazily, reads from masters, never retries and gives up early,
 * because the database is always there to ask instead.
 */
public final class ClientConfig {
    static final String CLIENT_NAME = "hearth";
    /* Redisson would start 48 threads. Ours only move bytes: decoding is left to the application's threads. Messages are heard
     * on the thread that has read them, since whoever hears them never waits, and a commit waits for their acknowledgement. */
    private static final int MOST_NETWORK_THREADS = 8;
    private static final int IDLE_CONNECTIONS = 4;
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(1);
    /* A connection that was cut without a word is found and replaced after this time. */
    private static final Duration PING_INTERVAL = Duration.ofSeconds(5);
    private static final Duration FIRST_RECONNECTION = Duration.ofMillis(100);
    private static final Duration SLOWEST_RECONNECTION = Duration.ofSeconds(2);

    private final RedisSettings settings;
    private final RedisUrl url;

    private ClientConfig(RedisSettings settings, RedisUrl url) {
        this.settings = settings;
        this.url = url;
    }

    /**
     * @throws dev.hearth.config.HearthConfigurationException if a store of certificates does not exist
     */
    public static Config of(RedisSettings settings, RedisUrl url) {
        return new ClientConfig(settings, url).make();
    }

    private Config make() {
        Config config = new Config();
        config.setLazyInitialization(true)
                .setCodec(ByteArrayCodec.INSTANCE)
                .setExecutor(CallersThread.INSTANCE)
                .setNettyThreads(Math.min(
                        MOST_NETWORK_THREADS, Math.max(2, Runtime.getRuntime().availableProcessors())))
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setUsername(settings.user())
                .setPassword(settings.password());
        config.setReferenceEnabled(false);
        if (url.tls()) encrypt(config, settings.tls());
        switch (url.deployment()) {
            case SINGLE -> single(config.useSingleServer());
            case SENTINEL -> sentinel(config.useSentinelServers());
            case CLUSTER -> cluster(config.useClusterServers());
        }
        return config;
    }

    private void single(SingleServerConfig servers) {
        common(servers);
        servers.setAddress(url.addresses().get(0))
                .setDatabase(settings.database())
                .setConnectionPoolSize(settings.connections())
                .setConnectionMinimumIdleSize(idleConnections());
    }

    private void sentinel(SentinelServersConfig servers) {
        masters(servers);
        url.addresses().forEach(servers::addSentinelAddress);
        servers.setMasterName(url.masterName())
                .setDatabase(settings.database())
                /* The check wants to find another Sentinel than those that are named. */
                .setCheckSentinelsList(url.hosts().size() > 1);
    }

    private void cluster(ClusterServersConfig servers) {
        masters(servers);
        url.addresses().forEach(servers::addNodeAddress);
        servers.setDatabase(settings.database());
    }

    private void masters(BaseMasterSlaveServersConfig<?> servers) {
        common(servers);
        servers.setReadMode(ReadMode.MASTER);
        servers.setMasterConnectionPoolSize(settings.connections());
        servers.setMasterConnectionMinimumIdleSize(idleConnections());
    }

    private void common(BaseConfig<?> servers) {
        servers.setClientName(CLIENT_NAME);
        servers.setTimeout(Math.toIntExact(settings.commandTimeout().toMillis()));
        servers.setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()));
        servers.setRetryAttempts(0);
        servers.setReconnectionDelay(new EqualJitterDelay(FIRST_RECONNECTION, SLOWEST_RECONNECTION));
        servers.setPingConnectionInterval(Math.toIntExact(PING_INTERVAL.toMillis()));
        servers.setIdleConnectionTimeout(Math.toIntExact(IDLE_TIMEOUT.toMillis()));
    }

    private int idleConnections() {
        return Math.min(IDLE_CONNECTIONS, settings.connections());
    }

    private static void encrypt(Config config, TlsSettings tls) {
        config.setSslTruststore(store("truststore", tls.truststore()))
                .setSslTruststorePassword(tls.truststorePassword())
                .setSslKeystore(store("keystore", tls.keystore()))
                .setSslKeystorePassword(tls.keystorePassword())
                .setSslVerificationMode(
                        tls.verifyHostname() ? SslVerificationMode.STRICT : SslVerificationMode.CA_ONLY);
    }

    private static @Nullable URL store(String setting, @Nullable String location) {
        return location == null ? null : Location.of(Setting.PREFIX + "redis.tls." + setting, location);
    }
}
