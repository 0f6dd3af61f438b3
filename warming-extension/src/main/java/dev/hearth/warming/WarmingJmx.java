package dev.hearth.warming;

import dev.hearth.config.SettingTypes;
import dev.hearth.statistics.QueryFigures;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows warming in JMX. */
final class WarmingJmx implements WarmingMXBean {
    private static final Logger log = LoggerFactory.getLogger(WarmingJmx.class);

    private final Warming warming;
    private final String node;

    WarmingJmx(Warming warming, String node) {
        this.warming = warming;
        this.node = node;
    }

    void register() {
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, name());
        } catch (JMException e) {
            log.warn("[{}] warming cannot be seen in JMX", node, e);
        }
    }

    void unregister() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name());
        } catch (JMException e) {
            log.debug("[{}] warming was not seen in JMX", node, e);
        }
    }

    private ObjectName name() throws JMException {
        return new ObjectName("dev.hearth:type=Warming,node=" + node);
    }

    @Override
    public String getHealth() {
        return warming.health().status().name();
    }

    @Override
    public List<String> getHealthReasons() {
        return warming.health().reasons();
    }

    @Override
    public Map<String, String> getStates() {
        return each(task -> task.reason().isEmpty() ? task.state().name() : task.state() + " (" + task.reason() + ")");
    }

    @Override
    public Map<String, String> getProgress() {
        return each(task -> task.progress().toString());
    }

    private Map<String, String> each(Function<TaskStatus, String> view) {
        Map<String, String> texts = new LinkedHashMap<>();
        warming.status().forEach(task -> texts.put(task.name(), view.apply(task)));
        return texts;
    }

    @Override
    public List<String> getUnwarmedQueries() {
        return warming.learning().unwarmed().stream().map(QueryFigures::sql).toList();
    }

    @Override
    public int getRowsPerSecond() {
        return warming.rowsPerSecond();
    }

    @Override
    public void setRowsPerSecond(int rows) {
        warming.rowsPerSecond(rows);
    }

    @Override
    public List<String> history(String task) {
        warming.status(task);
        return warming.clusterStatus().stream()
                .filter(status -> status.name().equals(task))
                .flatMap(status -> status.history().stream())
                .map(RunRecord::toString)
                .toList();
    }

    @Override
    public boolean start(String task) {
        return warming.start(task);
    }

    @Override
    public int startRegion(String region) {
        return warming.startRegion(region);
    }

    @Override
    public int startPriority(String priority) {
        return warming.start(SettingTypes.choice(Priority.class).read(priority));
    }

    @Override
    public boolean pause(String task) {
        return warming.pause(task);
    }

    @Override
    public boolean resume(String task) {
        return warming.resume(task);
    }

    @Override
    public boolean cancel(String task) {
        return warming.cancel(task);
    }

    @Override
    public void everywhere(String order, String task) {
        warming.everywhere(SettingTypes.choice(TaskOrder.class).read(order), task);
    }
}
