package dev.hearth.boot.autoconfigure;

import java.util.Map;
import org.redisson.config.Config;

/** Where the application's own configuration says that Redis is, for a client that the starter makes. */
interface RedisAddress {
    /** What names the address and the login, by the names of the provider's settings. */
    Map<String, Object> settings();

    /** The configuration for this address, made of one for {@link #settings()}; what settings cannot say is added. */
    Config complete(Config config);
}
