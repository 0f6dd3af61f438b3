package dev.hearth.config;

import java.util.Set;

/**
 * What may be encoded beyond the types that the mapping model names.
 *
 * @param allowedTypes names of classes that attributes may hold
 */
public record EncodingSettings(Set<String> allowedTypes) {
    public EncodingSettings {
        allowedTypes = Set.copyOf(allowedTypes);
    }

    static EncodingSettings of(SettingValues values) {
        return new EncodingSettings(Set.copyOf(values.get(SettingTable.ALLOWED_TYPES)));
    }
}
