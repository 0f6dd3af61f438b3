package dev.hearth.config;

import java.time.Duration;

/**
 * What is measured in the background, and shown.
 *
 * @param jmx whether MBeans are registered
 * @param sampleInterval how often sizes are looked up in Redis
 * @param samplePages how many pages of keys that may read of each master; 0 for no looking up at all
 */
public record StatisticsSettings(boolean jmx, Duration sampleInterval, int samplePages) {
    public StatisticsSettings {
        SettingTable.SAMPLE_INTERVAL.check(sampleInterval);
        SettingTable.SAMPLE_PAGES.check(samplePages);
    }

    static StatisticsSettings of(SettingValues values) {
        return new StatisticsSettings(
                values.get(SettingTable.JMX),
                values.get(SettingTable.SAMPLE_INTERVAL),
                values.get(SettingTable.SAMPLE_PAGES));
    }
}
