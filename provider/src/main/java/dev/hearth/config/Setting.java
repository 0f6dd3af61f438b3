package dev.hearth.config;

import org.jspecify.annotations.Nullable;

/**
 * The definition of one setting.
 *
 * @param name what stands behind the prefix, the kind or the region, for example {@code time-to-live}
 * @param scope where it may be given
 * @param defaultValue what holds where nothing is given; null if there is nothing then
 * @param description one sentence
 */
public record Setting<T>(
        String name,
        Scope scope,
        SettingType<T> type,
        @Nullable T defaultValue,
        String description) {
    /** What every setting of ours begins with. */
    public static final String PREFIX = "hibernate.cache.hearth.";

    /** Where a setting may be given. */
    public enum Scope {
        /** Once for the node. */
        NODE,
        /** For all regions, for a {@linkplain RegionKind kind}, and for one region by its name. */
        REGION
    }

    /** The full name, for all regions where the scope is {@link Scope#REGION}. */
    public String key() {
        return PREFIX + name;
    }

    /** The default as text, or null if there is none. */
    public @Nullable String defaultText() {
        return defaultValue == null ? null : type.write(defaultValue);
    }

    T read(String key, Object given) {
        try {
            return type.read(given);
        } catch (IllegalArgumentException e) {
            throw malformed(key, type.show(given), e);
        }
    }

    void check(T value) {
        try {
            type.check(value);
        } catch (IllegalArgumentException e) {
            throw malformed(key(), "'" + type.write(value) + "'", e);
        }
    }

    private HearthConfigurationException malformed(String key, String shown, IllegalArgumentException reason) {
        return new HearthConfigurationException(new SettingProblem(
                key,
                "is " + shown + ", " + reason.getMessage(),
                "it must be " + type.legal() + ", for example " + type.example()));
    }
}
