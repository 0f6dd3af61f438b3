package dev.hearth.config;

/**
 * What is measured beyond counting.
 *
 * @param enabled whether times are taken
 * @param queries how many queries figures are kept of; 0 for none
 */
public record StatisticsSettings(boolean enabled, int queries) {
    public StatisticsSettings {
        SettingTable.STATISTICS_QUERIES.check(queries);
    }

    static StatisticsSettings of(SettingValues values) {
        return new StatisticsSettings(values.get(SettingTable.STATISTICS), values.get(SettingTable.STATISTICS_QUERIES));
    }
}
