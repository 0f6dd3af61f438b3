package dev.hearth.config;

/**
 * How much of what the cache serves is compared with the database.
 *
 * @param sample the share of the hits, from 0 for none to 1
 * @param rate comparisons in a second, at the most
 */
public record AuditSettings(double sample, int rate) {
    public AuditSettings {
        SettingTable.AUDIT_SAMPLE.check(sample);
        SettingTable.AUDIT_RATE.check(rate);
    }

    static AuditSettings of(SettingValues values) {
        return new AuditSettings(values.get(SettingTable.AUDIT_SAMPLE), values.get(SettingTable.AUDIT_RATE));
    }
}
