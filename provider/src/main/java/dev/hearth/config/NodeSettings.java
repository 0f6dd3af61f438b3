package dev.hearth.config;

import java.time.Duration;

/**
 * The settings of this node, whatever the region.
 *
 * @param pollInterval how often each master is asked for its time
 * @param driftMargin how much faster than Redis's clock this node's monotonic clock may run, as a fraction
 * @param stampValidity how old the last answer of a master may be before session stamps are void; longer than the poll
 *     interval
 * @param nearLease how long copies inside the process are served without a sign of life from the subscription
 * @param maximumInFlight the commands under way beyond which a put is dropped
 * @param joinedTransactions whether sessions publish what they read in transactions that they did not begin
 * @param nativeStatements what becomes of native statements that name no tables
 */
public record NodeSettings(
        Duration pollInterval,
        double driftMargin,
        Duration stampValidity,
        Duration nearLease,
        int maximumInFlight,
        JoinedTransactions joinedTransactions,
        NativeStatements nativeStatements) {
    public NodeSettings {
        SettingTable.POLL_INTERVAL.check(pollInterval);
        SettingTable.DRIFT_MARGIN.check(driftMargin);
        SettingTable.STAMP_VALIDITY.check(stampValidity);
        SettingTable.NEAR_LEASE.check(nearLease);
        SettingTable.MAXIMUM_IN_FLIGHT.check(maximumInFlight);
        if (stampValidity.compareTo(pollInterval) <= 0) {
            throw new HearthConfigurationException(new SettingProblem(
                    SettingTable.STAMP_VALIDITY.key(),
                    "is " + Durations.write(stampValidity) + ", but Redis is asked for its time every "
                            + Durations.write(pollInterval),
                    "it must be longer than " + SettingTable.POLL_INTERVAL.key() + ", for example five times as long"));
        }
    }

    /** What a node has when nothing is set. */
    public static NodeSettings defaults() {
        return of(SettingValues.EMPTY);
    }

    static NodeSettings of(SettingValues values) {
        return new NodeSettings(
                values.get(SettingTable.POLL_INTERVAL),
                values.get(SettingTable.DRIFT_MARGIN),
                values.get(SettingTable.STAMP_VALIDITY),
                values.get(SettingTable.NEAR_LEASE),
                values.get(SettingTable.MAXIMUM_IN_FLIGHT),
                values.get(SettingTable.JOINED_TRANSACTIONS),
                values.get(SettingTable.NATIVE_STATEMENTS));
    }
}
