package dev.hearth.store;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.SettingProblem;
import org.redisson.config.Config;
import org.redisson.config.DefaultNameMapper;
import org.redisson.config.NameMapper;

/** What a client puts before every name, where it has a name mapper of Redisson's. */
final class NamePrefix {
    /* A key's name tells scripts its neighbours and the channel, messages tell nodes a key by its name, and on a Cluster the
     * braces in it say where it lies. All of that holds behind any prefix without braces, and not otherwise. */
    private static final String NAME = "hearth:{region.0}:key";

    private NamePrefix() {}

    /**
     * Refuses a configuration that maps names in any other way.
     *
     * @param setting the key of the setting by which it has come
     * @throws HearthConfigurationException if it does
     */
    static void require(Config config, String setting) {
        String mapped = mapper(config).map(NAME);
        if (!mapped.endsWith(NAME) || of(config).matches(".*[{}].*")) {
            throw new HearthConfigurationException(new SettingProblem(
                    setting,
                    "has a name mapper that makes '" + mapped + "' of '" + NAME + "'",
                    "it may put a prefix without braces before a name, and must leave the name itself as it is"));
        }
    }

    /** The prefix; nothing where names stay as they are. */
    static String of(Config config) {
        String mapped = mapper(config).map(NAME);
        return mapped.substring(0, mapped.length() - NAME.length());
    }

    /* As Redisson chooses between the two places in which it can be set. */
    private static NameMapper mapper(Config config) {
        NameMapper mapper = config.getNameMapper();
        if (!(mapper instanceof DefaultNameMapper)) {
            return mapper;
        }
        return config.isSingleConfig()
                ? config.useSingleServer().getNameMapper()
                : MastersOnly.servers(config).getNameMapper();
    }
}
