package dev.hearth.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that were given, by setting. */
final class SettingValues {
    static final SettingValues EMPTY = new SettingValues(Map.of());

    private final Map<Setting<?>, Object> values;

    private SettingValues(Map<Setting<?>, Object> values) {
        this.values = values;
    }

    /** These and one more, which wins. */
    <T> SettingValues with(Setting<T> setting, T value) {
        Map<Setting<?>, Object> more = new HashMap<>(values);
        more.put(setting, value);
        return new SettingValues(more);
    }

    /** These, and those of the other where it has any. */
    SettingValues overriddenBy(@Nullable SettingValues other) {
        if (other == null) return this;
        Map<Setting<?>, Object> merged = new HashMap<>(values);
        merged.putAll(other.values);
        return new SettingValues(merged);
    }

    /** What was given, or the default. */
    <T> T get(Setting<T> setting) {
        T value = find(setting);
        if (value == null) throw new IllegalStateException(setting.key() + " has no default");
        return value;
    }

    /** What was given, or the default, or null if there is neither. */
    @SuppressWarnings("unchecked")
    <T> @Nullable T find(Setting<T> setting) {
        return (T) values.getOrDefault(setting, setting.defaultValue());
    }

    boolean has(Setting<?> setting) {
        return values.containsKey(setting);
    }
}
