package dev.hearth.boot.autoconfigure;

import dev.hearth.RedisClients;
import dev.hearth.config.HearthSettings;
import dev.hearth.config.RedisSettings;
import dev.hearth.config.Setting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Says which client the cache uses. Session factories depend on it, so that they are closed before it: it closes a client that
 * it has made, and the application's own outlives it.
 */
final class HearthRedisClient implements DisposableBean {
    static final String BEAN = "hearthRedisClient";

    /* An address that somebody has written for the cache stands before what is there for all; it is the provider's own
     * business. Nothing here is looked up before the first session factory asks. */
    private static final String REDIS = Setting.PREFIX + "redis.";
    private static final List<String> WAYS = List.of(REDIS + "url", REDIS + "config", REDIS + "client");
    private static final String COMMAND_TIMEOUT = REDIS + "command-timeout";
    private static final Duration SHUTDOWN = Duration.ofSeconds(2);

    private final ConfigurableListableBeanFactory beans;
    private final ObjectProvider<RedissonClient> clients;
    private final @Nullable RedisAddress address;
    private @Nullable RedissonClient made;

    /** @param address of the Redis that the application is configured for; null if for none */
    HearthRedisClient(
            ConfigurableListableBeanFactory beans,
            ObjectProvider<RedissonClient> clients,
            @Nullable RedisAddress address) {
        this.beans = beans;
        this.clients = clients;
        this.address = address;
    }

    /**
     * Adds the client to these settings of Hibernate, unless they say how Redis is reached, or nothing else does.
     *
     * @throws AmbiguousRedissonClientException if there are several, and none is primary
     */
    synchronized void addTo(Map<String, Object> settings) {
        if (WAYS.stream().anyMatch(settings::containsKey)) return;
        RedissonClient own = ofApplication();
        if (own != null) {
            settings.put(REDIS + "client", own);
        } else if (address != null) {
            if (made == null)
                made = Redisson.create(address.complete(RedisClients.config(forClient(settings, address))));
            // They were for the client, and would be refused beside one.
            settings.keySet().removeIf(name -> name.startsWith(REDIS) && !name.equals(COMMAND_TIMEOUT));
            settings.put(REDIS + "client", made);
        }
    }

    private @Nullable RedissonClient ofApplication() {
        List<String> names = List.of(beans.getBeanNamesForType(RedissonClient.class));
        RedissonClient client = clients.getIfUnique();
        if (client == null && names.size() > 1) throw new AmbiguousRedissonClientException(names);
        names.forEach(name -> beans.registerDependentBean(name, BEAN));
        return client;
    }

    private static RedisSettings forClient(Map<String, Object> settings, RedisAddress address) {
        Map<String, Object> all = new LinkedHashMap<>(address.settings());
        settings.forEach((name, value) -> {
            if (name.startsWith(REDIS)) all.put(name, value);
        });
        return HearthSettings.read(all).redis();
    }

    @Override
    public synchronized void destroy() {
        if (made != null) {
            made.shutdown(0, SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS);
            made = null;
        }
    }
}
