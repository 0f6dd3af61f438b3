package dev.hearth.config;

import java.time.Duration;

/**
 * What a region keeps inside the process.
 *
 * @param mode whether, and how coherent with the other nodes
 * @param maximumEntries how many entries at the most
 * @param maximumSize how many bytes at the most, as they are encoded in Redis; -1 for no such bound
 * @param timeToLive how long a copy is kept after it was read
 * @param handOver how many of the keys used most are left for nodes that start
 */
public record NearSettings(NearMode mode, int maximumEntries, int maximumSize, Duration timeToLive, int handOver) {
    public NearSettings {
        SettingTable.NEAR_MAXIMUM_ENTRIES.check(maximumEntries);
        SettingTable.NEAR_MAXIMUM_SIZE.check(maximumSize);
        SettingTable.NEAR_TIME_TO_LIVE.check(timeToLive);
        SettingTable.NEAR_HAND_OVER.check(handOver);
    }

    static NearSettings of(SettingValues values) {
        return new NearSettings(
                values.get(SettingTable.NEAR),
                values.get(SettingTable.NEAR_MAXIMUM_ENTRIES),
                values.get(SettingTable.NEAR_MAXIMUM_SIZE),
                values.get(SettingTable.NEAR_TIME_TO_LIVE),
                values.get(SettingTable.NEAR_HAND_OVER));
    }
}
