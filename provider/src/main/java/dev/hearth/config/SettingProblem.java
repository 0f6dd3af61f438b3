package dev.hearth.config;

import java.io.Serializable;

/**
 * What is wrong with one setting.
 *
 * @param key the full name of the setting, as it was given
 * @param description what is wrong with it, never with a password in it
 * @param remedy what is legal or what to do instead
 */
public record SettingProblem(String key, String description, String remedy) implements Serializable {
    @Override
    public String toString() {
        return key + " " + description + "; " + remedy;
    }
}
