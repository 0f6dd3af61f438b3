package dev.hearth.config;

import java.time.Duration;

/**
 * What is measured beyond counting, and shown.
 *
 * @param enabled whether times are taken
 * @param queries how many queries figures are kept of; 0 for none
 * @param jmx whether MBeans are registered
 * @param sampleInterval how often sizes are looked up in Redis
 * @param samplePages how many pages of keys that may read of each master; 0 for no looking up at all
 */
public record StatisticsSettings(boolean enabled, int queries, boolean jmx, Duration sampleInterval, int samplePages) {
    public StatisticsSettings {
        SettingTable.STATISTICS_QUERIES.check(queries);
        SettingTable.SAMPLE_INTERVAL.check(sampleInterval);
        SettingTable.SAMPLE_PAGES.check(samplePages);
    }

    static StatisticsSettings of(SettingValues values) {
        return new StatisticsSettings(
                values.get(SettingTable.STATISTICS),
                values.get(SettingTable.STATISTICS_QUERIES),
                values.get(SettingTable.JMX),
                values.get(SettingTable.SAMPLE_INTERVAL),
                values.get(SettingTable.SAMPLE_PAGES));
    }
}
