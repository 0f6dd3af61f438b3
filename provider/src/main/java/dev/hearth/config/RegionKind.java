package dev.hearth.config;

/** What a region holds; settings may be given for all regions of a kind. */
public enum RegionKind {
    ENTITY("entity"),
    COLLECTION("collection"),
    NATURAL_ID("natural-id"),
    QUERY("query");

    private final String settingName;

    RegionKind(String settingName) {
        this.settingName = settingName;
    }

    /** The kind as it stands in the name of a setting, for example {@code natural-id}. */
    public String settingName() {
        return settingName;
    }
}
