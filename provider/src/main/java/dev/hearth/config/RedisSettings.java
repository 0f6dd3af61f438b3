package dev.hearth.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

/**
 * How Redis is reached: exactly one of {@code client}, {@code config} and {@code url} is given.
 *
 * @param client the application's own client, which is never closed
 * @param config a Redisson YAML configuration: a file path or a {@code classpath:} resource
 * @param url where Redis is, for a client made by us
 * @param user the ACL user; the default user if null
 * @param database the number of the database, 0 on a Cluster
 * @param connections the size of the connection pool to each master
 * @param commandTimeout how long a command may take before the database is asked instead
 * @param connectTimeout how long a connection may take to be made
 */
public record RedisSettings(
        @Nullable RedissonClient client,
        @Nullable String config,
        @Nullable RedisUrl url,
        @Nullable String user,
        @Nullable String password,
        int database,
        int connections,
        Duration commandTimeout,
        Duration connectTimeout,
        TlsSettings tls) {
    public RedisSettings {
        int given = (client == null ? 0 : 1) + (config == null ? 0 : 1) + (url == null ? 0 : 1);
        if (given != 1) {
            throw new HearthConfigurationException(new SettingProblem(
                    SettingTable.REDIS_URL.key(),
                    "is one of " + given + " ways to reach Redis that are given",
                    "give exactly one of " + SettingTable.REDIS_CLIENT.key() + ", " + SettingTable.REDIS_CONFIG.key()
                            + " and " + SettingTable.REDIS_URL.key()));
        }
        SettingTable.REDIS_DATABASE.check(database);
        SettingTable.REDIS_CONNECTIONS.check(connections);
        SettingTable.COMMAND_TIMEOUT.check(commandTimeout);
        SettingTable.CONNECT_TIMEOUT.check(connectTimeout);
    }

    /** The settings that lead to this address, with every default. */
    public static RedisSettings at(String url) {
        return of(SettingValues.EMPTY.with(SettingTable.REDIS_URL, RedisUrl.parse(url)));
    }

    static RedisSettings of(SettingValues values) {
        RedissonClient client = values.find(SettingTable.REDIS_CLIENT);
        String config = values.find(SettingTable.REDIS_CONFIG);
        RedisUrl url = values.find(SettingTable.REDIS_URL);
        if (client == null && config == null && url == null) {
            url = RedisUrl.DEFAULT;
        }
        String user = values.find(SettingTable.REDIS_USER);
        String password = values.find(SettingTable.REDIS_PASSWORD);
        Integer database = values.find(SettingTable.REDIS_DATABASE);
        if (url != null) {
            user = user != null ? user : url.user();
            password = password != null ? password : url.password();
            database = database != null ? database : url.database();
        }
        return new RedisSettings(
                client,
                config,
                url,
                user,
                password,
                database == null ? 0 : database,
                values.get(SettingTable.REDIS_CONNECTIONS),
                values.get(SettingTable.COMMAND_TIMEOUT),
                values.get(SettingTable.CONNECT_TIMEOUT),
                TlsSettings.of(values));
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        String source = client != null ? "client" : config != null ? "config=" + config : "url=" + url;
        return "RedisSettings[" + source + ", user=" + user + ", database=" + database + ", connections=" + connections
                + ", commandTimeout=" + commandTimeout + ", connectTimeout=" + connectTimeout + ", tls=" + tls + "]";
    }
}
