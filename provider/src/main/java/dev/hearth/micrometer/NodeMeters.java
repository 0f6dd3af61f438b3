package dev.hearth.micrometer;

import dev.hearth.statistics.NearStatistics;
import dev.hearth.statistics.NodeStatistics;
import dev.hearth.statistics.Sample;
import dev.hearth.statistics.TableStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The meters of one node, whatever the region. */
final class NodeMeters {
    private final Meters meters;
    private final NodeStatistics node;

    NodeMeters(Meters meters, NodeStatistics node) {
        this.meters = meters;
        this.node = node;
    }

    void bind() {
        meters.gauge(
                "hearth.circuit.open", "1 while Redis does not answer, else 0", node, of -> of.isAvailable() ? 0 : 1);
        meters.counter(
                "hearth.circuit.openings",
                "How often Redis has stopped answering",
                node,
                NodeStatistics::totalCircuitOpenings);
        meters.gauge(
                "hearth.debt",
                "Regions and tables that are read from the database until they have been cleared in Redis",
                node,
                of -> of.debt().size());
        meters.gauge("hearth.commands.in.flight", "Commands under way to Redis", node, NodeStatistics::inFlight);
        meters.counter(
                "hearth.reads.combined",
                "Reads that have shared a command with others",
                node,
                NodeStatistics::totalCombinedReads);
        meters.timer("hearth.lock.wait", "Commits waiting for their locks and their acknowledgement", node.lockWaits());
        meters.timer("hearth.delivery.lag", "Heartbeats coming back on the channel of changes", node.deliveryLags());
        bindNear(node.near());
        bindTables(node.tables());
        bindRedis();
    }

    private void bindNear(NearStatistics near) {
        meters.timer(
                "hearth.acknowledgement.wait",
                "Commits waiting for other nodes to acknowledge, beyond their locks",
                near,
                NearStatistics::totalWaits,
                NearStatistics::totalWaitNanos);
        meters.counter(
                "hearth.acknowledgement.outwaited",
                "Commits that have outwaited the lease of a node that did not answer",
                near,
                NearStatistics::totalOutwaitedLeases);
        meters.counter(
                "hearth.messages",
                "Messages that have come on the channel of changes, heartbeats among them",
                near,
                NearStatistics::totalMessages);
        meters.counter(
                "hearth.near.clearings",
                "How often all that was kept near was dropped, since messages may have been missed",
                near,
                NearStatistics::totalClearings);
        meters.counter(
                "hearth.near.gaps",
                "How often the client has lost messages on a subscription that went on",
                near,
                NearStatistics::totalGaps);
    }

    private void bindTables(TableStatistics tables) {
        meters.counter(
                "hearth.tables.announcements",
                "Announcements of changes of tables that Redis has taken",
                tables,
                TableStatistics::totalAnnouncements);
        meters.counter(
                "hearth.tables.announcements.failed",
                "Announcements that could not be written to Redis",
                tables,
                TableStatistics::totalFailedAnnouncements);
        meters.counter(
                "hearth.tables.settlements",
                "Ends of transactions that changed tables, and of changes that nobody announced",
                tables,
                TableStatistics::totalSettlements);
        meters.counter(
                "hearth.tables.swept",
                "Query results that were removed because a table of theirs had changed",
                tables,
                TableStatistics::totalSweptResults);
    }

    private void bindRedis() {
        meters.byteGauge(
                "hearth.redis.memory.used",
                "Memory that Redis uses, all masters together; NaN as long as it is not known",
                node,
                of -> value(of.redisMemory()));
        meters.byteGauge(
                "hearth.redis.memory.maximum",
                "Memory that Redis may use; 0 for no limit",
                node,
                of -> value(of.redisMaximumMemory()));
        meters.timeGauge(
                "hearth.sample.age",
                "How long ago sizes in Redis were looked up",
                node,
                TimeUnit.MILLISECONDS,
                of -> ageMillis(of.redisMemory()));
    }

    private static double value(Optional<Sample> sample) {
        return sample.map(taken -> (double) taken.value()).orElse(Double.NaN);
    }

    private static double ageMillis(Optional<Sample> sample) {
        return sample.map(taken ->
                        (double) Duration.between(taken.at(), Instant.now()).toMillis())
                .orElse(Double.NaN);
    }
}
