package dev.hearth.store;

import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;

/** Where a client of the application is not fit to hear messages by: then one of ours listens beside it, to the same servers. */
final class ListeningClient {
    /* On a Cluster no message has the number by which a missing one is noticed, and Redisson loses some of those that it reads
     * together with the reply to a ping (see WholeMessages, which clients of ours have). Nor do numbers help where the client
     * hands messages over in any order. */
    private static final int THREADS = 2;
    private static final int IDLE_CONNECTIONS = 1;

    private ListeningClient() {}

    /** Whether messages of the application's client may come in any order, or be missing without anybody noticing. */
    static boolean isNeededBeside(Config application, RedisConnection.Topology topology) {
        return !application.isKeepPubSubOrder()
                || topology == RedisConnection.Topology.CLUSTER
                        && application.useClusterServers().getPingConnectionInterval() > 0;
    }

    /** The configuration of that client: the application's, with as few connections and threads as it takes to listen. */
    static Config beside(Config application, RedisConnection.Topology topology) {
        Config config = new Config(application)
                .setLazyInitialization(true)
                .setKeepPubSubOrder(true)
                .setExecutor(CallersThread.INSTANCE)
                .setNettyThreads(THREADS)
                // The application's is for its own connections.
                .setConnectionListener(null);
        switch (topology) {
            case SINGLE -> {
                config.useSingleServer().setClientName(ClientConfig.CLIENT_NAME);
                config.useSingleServer().setConnectionMinimumIdleSize(IDLE_CONNECTIONS);
            }
            case SENTINEL -> few(config.useSentinelServers());
            case CLUSTER -> few(config.useClusterServers());
            case MASTER_SLAVE -> {
                // Two kinds of configuration, of which the application has one; it is as well as it is.
            }
        }
        return config;
    }

    private static void few(BaseMasterSlaveServersConfig<?> servers) {
        servers.setClientName(ClientConfig.CLIENT_NAME);
        servers.setMasterConnectionMinimumIdleSize(IDLE_CONNECTIONS);
    }
}
