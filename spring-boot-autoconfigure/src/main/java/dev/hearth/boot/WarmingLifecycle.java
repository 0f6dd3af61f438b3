package dev.hearth.boot;

import dev.hearth.warming.WarmTask;
import dev.hearth.warming.Warming;
import dev.hearth.warming.WarmingSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Warms every session factory that has something to warm: begins when the context has been refreshed, after everything else
 * that starts, and ends before anything stops. Safe for concurrent use.
 */
public final class WarmingLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(WarmingLifecycle.class);

    private final HearthUnits units;
    private final List<WarmTask> tasks;
    private final Map<String, Warming> warmings = Collections.synchronizedMap(new LinkedHashMap<>());
    private volatile boolean running;

    /** @param tasks that the application declares as beans; for an application with one session factory */
    public WarmingLifecycle(HearthUnits units, List<WarmTask> tasks) {
        this.units = units;
        this.tasks = List.copyOf(tasks);
    }

    @Override
    public void start() {
        if (running) return;
        running = true;
        List<HearthUnit> all = units.all();
        if (!tasks.isEmpty() && all.size() > 1) {
            throw new IllegalStateException("There are " + all.size() + " session factories and beans of "
                    + WarmTask.class.getName()
                    + ", so that it is not clear whose these are; declare the tasks with @Warm,"
                    + " @WarmQuery or hibernate.hearth.warming.task.* instead");
        }
        all.forEach(this::start);
    }

    private void start(HearthUnit unit) {
        SessionFactory factory = unit.sessionFactory();
        WarmingSettings settings = WarmingSettings.read(factory.getProperties()).with(tasks);
        if (Warming.isDeclared(factory, settings)) {
            warmings.put(unit.name(), Warming.start(factory, settings));
        }
    }

    /**
     * Waits until the critical tasks of all session factories are over, whatever became of them.
     *
     * @return false if that took longer
     */
    public boolean awaitCritical(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Map.Entry<String, Warming> warming : byUnit().entrySet()) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (!warming.getValue().awaitCritical(left)) {
                log.warn(
                        "[{}] critical tasks of warming are not over after {} ms; the application goes on, and so do they",
                        warming.getKey(),
                        patience.toMillis());
                return false;
            }
        }
        return true;
    }

    /** What is under way, by the name of the session factory; nothing for those that have nothing to warm. */
    public Map<String, Warming> byUnit() {
        synchronized (warmings) {
            return new LinkedHashMap<>(warmings);
        }
    }

    @Override
    public void stop() {
        running = false;
        byUnit().values().forEach(Warming::close);
        warmings.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
