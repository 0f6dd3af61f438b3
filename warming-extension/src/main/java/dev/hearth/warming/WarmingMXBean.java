package dev.hearth.warming;

import java.util.List;
import java.util.Map;

/** Warming on one node, for JMX: {@code dev.hearth:type=Warming,node=...}. */
public interface WarmingMXBean {
    /** HEALTHY, DEGRADED or FAILED. */
    String getHealth();

    /** Why it is no better. */
    List<String> getHealthReasons();

    /** The state of every task, and why. */
    Map<String, String> getStates();

    /** How far the present or the last run of every task is. */
    Map<String, String> getProgress();

    /** The queries that gain on this node and that nothing warms; none where nothing is learned. */
    List<String> getUnwarmedQueries();

    /** 0 for no limit. */
    int getRowsPerSecond();

    void setRowsPerSecond(int rows);

    /** The task's last runs on all nodes, the latest first. */
    List<String> history(String task);

    boolean start(String task);

    int startRegion(String region);

    /** Critical, high, normal or low. */
    int startPriority(String priority);

    boolean pause(String task);

    boolean resume(String task);

    boolean cancel(String task);

    /** Start, pause, resume or cancel, on all nodes. */
    void everywhere(String order, String task);
}
