package dev.hearth.config;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules between settings that are each legal by themselves. One of them malformed, and a rule says nothing. */
final class SettingRules {
    private static final List<Setting<?>> WAYS_TO_REDIS =
            List.of(SettingTable.REDIS_CLIENT, SettingTable.REDIS_CONFIG, SettingTable.REDIS_URL);
    private static final List<Setting<?>> OF_OUR_OWN_CLIENT = List.of(
            SettingTable.REDIS_USER,
            SettingTable.REDIS_PASSWORD,
            SettingTable.REDIS_DATABASE,
            SettingTable.REDIS_CONNECTIONS,
            SettingTable.CONNECT_TIMEOUT,
            SettingTable.TRUSTSTORE,
            SettingTable.TRUSTSTORE_PASSWORD,
            SettingTable.KEYSTORE,
            SettingTable.KEYSTORE_PASSWORD,
            SettingTable.VERIFY_HOSTNAME);
    private static final List<Setting<?>> OF_TLS = List.of(
            SettingTable.TRUSTSTORE,
            SettingTable.TRUSTSTORE_PASSWORD,
            SettingTable.KEYSTORE,
            SettingTable.KEYSTORE_PASSWORD,
            SettingTable.VERIFY_HOSTNAME);

    private final SettingValues values;
    private final Set<Setting<?>> malformed;
    private final List<SettingProblem> problems;

    SettingRules(SettingValues values, Set<Setting<?>> malformed, List<SettingProblem> problems) {
        this.values = values;
        this.malformed = malformed;
        this.problems = problems;
    }

    void check(List<SettingValues> layers) {
        checkWhatBelongsToOurOwnClient();
        checkTls();
        checkLogin();
        checkPasswordsOfStores();
        layers.forEach(this::checkLockTimeout);
    }

    private void checkWhatBelongsToOurOwnClient() {
        if (values.has(SettingTable.REDIS_CLIENT)) {
            refuseThoseOfOurOwnClient(SettingTable.REDIS_CLIENT, "configure the client where it is made");
        } else if (values.has(SettingTable.REDIS_CONFIG)) {
            refuseThoseOfOurOwnClient(SettingTable.REDIS_CONFIG, "write it into that file");
        }
    }

    private void refuseThoseOfOurOwnClient(Setting<?> instead, String remedy) {
        for (Setting<?> setting : OF_OUR_OWN_CLIENT) {
            if (values.has(setting)) refuse(setting, "has no effect together with " + instead.key(), remedy);
        }
    }

    private void checkTls() {
        RedisUrl url = url();
        if (url == null || url.tls()) return;
        for (Setting<?> setting : OF_TLS) {
            if (!values.has(setting)) continue;
            refuse(
                    setting,
                    "has no effect, because " + SettingTable.REDIS_URL.key() + " is " + url + " and not encrypted",
                    "begin the address with rediss:// or remove the setting");
        }
    }

    private void checkLogin() {
        RedisUrl url = url();
        if (url == null) return;
        refuseIfTwice(SettingTable.REDIS_USER, url.user());
        refuseIfTwice(SettingTable.REDIS_PASSWORD, url.password());
        refuseIfTwice(SettingTable.REDIS_DATABASE, url.database());
        boolean password = values.has(SettingTable.REDIS_PASSWORD) || url.password() != null;
        if (values.has(SettingTable.REDIS_USER) && !password && !malformed.contains(SettingTable.REDIS_PASSWORD)) {
            refuse(
                    SettingTable.REDIS_USER,
                    "has no password",
                    "set " + SettingTable.REDIS_PASSWORD.key() + " to the user's password");
        }
    }

    private void refuseIfTwice(Setting<?> setting, @Nullable Object inTheAddress) {
        if (inTheAddress != null && values.has(setting)) {
            refuse(
                    setting,
                    "is also part of " + SettingTable.REDIS_URL.key(),
                    "remove one of them, so that it is clear which one holds");
        }
    }

    private void checkPasswordsOfStores() {
        refuseIfAlone(SettingTable.TRUSTSTORE_PASSWORD, SettingTable.TRUSTSTORE);
        refuseIfAlone(SettingTable.KEYSTORE_PASSWORD, SettingTable.KEYSTORE);
    }

    private void refuseIfAlone(Setting<?> setting, Setting<?> needed) {
        if (values.has(setting) && !values.has(needed) && !malformed.contains(needed)) {
            refuse(setting, "has no effect without " + needed.key(), "set " + needed.key() + " too, or remove it");
        }
    }

    /* A lock that lapses before its own command may have been answered protects nothing. */
    private void checkLockTimeout(SettingValues layer) {
        if (malformed.contains(SettingTable.COMMAND_TIMEOUT) || malformed.contains(SettingTable.LOCK_TIMEOUT)) return;
        Duration lock = layer.get(SettingTable.LOCK_TIMEOUT);
        Duration command = values.get(SettingTable.COMMAND_TIMEOUT);
        if (lock.compareTo(command) > 0) return;
        refuse(
                SettingTable.LOCK_TIMEOUT,
                "is " + Durations.write(lock) + ", but a command may take " + Durations.write(command),
                "it must be longer than " + SettingTable.COMMAND_TIMEOUT.key() + ", for example ten times as long");
    }

    private @Nullable RedisUrl url() {
        if (!Collections.disjoint(malformed, WAYS_TO_REDIS)) return null;
        if (values.has(SettingTable.REDIS_CLIENT) || values.has(SettingTable.REDIS_CONFIG)) return null;
        RedisUrl url = values.find(SettingTable.REDIS_URL);
        return url != null ? url : RedisUrl.DEFAULT;
    }

    private void refuse(Setting<?> setting, String description, String remedy) {
        problems.add(new SettingProblem(setting.key(), description, remedy));
    }
}
