package dev.hearth.jmx;

import dev.hearth.statistics.NodeStatistics;
import java.util.List;

/** A node's circuit as an operator sees it. */
final class CircuitBean implements CircuitMXBean {
    private final NodeStatistics statistics;

    CircuitBean(NodeStatistics statistics) {
        this.statistics = statistics;
    }

    @Override
    public String getState() {
        return statistics.isAvailable() ? "CLOSED" : "OPEN";
    }

    @Override
    public long getOpenings() {
        return statistics.circuitOpenings();
    }

    @Override
    public List<String> getDebt() {
        return statistics.debt();
    }
}
