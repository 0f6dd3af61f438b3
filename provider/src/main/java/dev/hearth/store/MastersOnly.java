package dev.hearth.store;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.Setting;
import dev.hearth.config.SettingProblem;
import dev.hearth.store.RedisConnection.Topology;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.MasterSlaveServersConfig;
import org.redisson.config.ReadMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that entries are read from masters. A replica lags behind its master, so an entry read from one may be older
 * than a commit that was acknowledged.
 */
final class MastersOnly {
    private static final Logger log = LoggerFactory.getLogger(MastersOnly.class);

    private MastersOnly() {}

    /** The topology of a configuration, which is refused if it reads from replicas. */
    static Topology require(Config config) {
        if (config.isSingleConfig()) return Topology.SINGLE;
        ReadMode readMode = servers(config).getReadMode();
        if (readMode != ReadMode.MASTER) {
            throw new HearthConfigurationException(new SettingProblem(
                    Setting.PREFIX + "redis.client",
                    "reads from replicas (readMode " + readMode + "), which lag behind their master and would serve "
                            + "entries that are no longer true",
                    "create the client with setReadMode(ReadMode.MASTER), or let Hearth create its own by "
                            + Setting.PREFIX + "redis.url or " + Setting.PREFIX + "redis.config"));
        }
        return topology(config);
    }

    /** The topology of a file, whose configuration afterwards reads from masters, whatever it says. */
    static Topology force(RedissonFile file) {
        Config config = file.config();
        if (config.isSingleConfig()) return Topology.SINGLE;
        BaseMasterSlaveServersConfig<?> servers = servers(config);
        if (servers instanceof MasterSlaveServersConfig named && named.getMasterAddress() == null) {
            throw file.refused(
                    "names no servers",
                    "add one of singleServerConfig, clusterServersConfig, "
                            + "sentinelServersConfig, replicatedServersConfig and masterSlaveServersConfig");
        }
        if (servers.getReadMode() != ReadMode.MASTER && file.namesReadMode()) {
            log.warn(
                    "[{}] asks for readMode {}, but replicas lag behind their master; Hearth reads from masters only",
                    file.location(),
                    servers.getReadMode());
        }
        servers.setReadMode(ReadMode.MASTER);
        return topology(config);
    }

    private static Topology topology(Config config) {
        if (config.isClusterConfig()) return Topology.CLUSTER;
        return config.isSentinelConfig() ? Topology.SENTINEL : Topology.MASTER_SLAVE;
    }

    /* Redisson tells only by an exception which of the last two it has; the accessors return what is there. */
    static BaseMasterSlaveServersConfig<?> servers(Config config) {
        if (config.isClusterConfig()) return config.useClusterServers();
        if (config.isSentinelConfig()) return config.useSentinelServers();
        try {
            return config.useMasterSlaveServers();
        } catch (IllegalStateException e) {
            return config.useReplicatedServers();
        }
    }
}
