package dev.hearth.warming;

import dev.hearth.config.SettingType;

/**
 * The definition of one setting of warming.
 *
 * @param name what stands behind {@link WarmingSettings#PREFIX}, for example {@code rows-per-second}
 * @param usual what holds where nothing is given
 * @param description one sentence
 */
public record WarmingSetting<T>(String name, SettingType<T> type, T usual, String description) {
    /** The full name. */
    public String key() {
        return WarmingSettings.PREFIX + name;
    }

    /** The default as text. */
    public String defaultText() {
        return type.write(usual);
    }
}
