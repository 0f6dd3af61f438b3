package dev.hearth;

import dev.hearth.config.RedisSettings;
import dev.hearth.config.RedisUrl;
import dev.hearth.store.ClientConfig;
import org.redisson.config.Config;

/** How Hearth configures its client, for who makes the client and hands it in. */
public final class RedisClients {
    private RedisClients() {}

    /**
     * The configuration of the client that Hearth would make of these settings: it connects lazily, reads from masters, never
     * retries and gives up early. The caller may change it.
     *
     * @throws IllegalArgumentException if the settings name no address
     * @throws dev.hearth.config.HearthConfigurationException if a store of certificates does not exist
     */
    public static Config config(RedisSettings settings) {
        RedisUrl url = settings.url();
        if (url == null) {
            throw new IllegalArgumentException("Without redis.url there is nothing to configure a client for");
        }
        return ClientConfig.of(settings, url);
    }
}
