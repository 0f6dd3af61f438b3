package dev.hearth.boot.autoconfigure;

import dev.hearth.boot.WarmingLifecycle;
import dev.hearth.warming.Warming;
import dev.hearth.warming.micrometer.WarmingMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/**
 * Binds the meters of warming while it is under way: from when it has begun, which is after Spring Boot binds meters, until
 * it ends. Lifecycles that depend on others start after them and stop before them.
 */
final class WarmingMeters implements SmartLifecycle {
    private final WarmingLifecycle warming;
    private final MeterRegistry registry;
    private final List<WarmingMetrics> bound = new ArrayList<>();
    private volatile boolean running;

    WarmingMeters(WarmingLifecycle warming, MeterRegistry registry) {
        this.warming = warming;
        this.registry = registry;
    }

    @Override
    public synchronized void start() {
        if (running) return;
        running = true;
        warming.byUnit().forEach(this::bind);
    }

    private void bind(String unit, Warming of) {
        WarmingMetrics metrics = new WarmingMetrics(of, Tags.of(HearthMetricsAutoConfiguration.TAG, unit));
        metrics.bindTo(registry);
        bound.add(metrics);
    }

    @Override
    public synchronized void stop() {
        running = false;
        bound.forEach(this::unbind);
        bound.clear();
    }

    /* Which meters they are shows another registry, whose ids no filter has changed. */
    private void unbind(WarmingMetrics metrics) {
        SimpleMeterRegistry ids = new SimpleMeterRegistry();
        metrics.bindTo(ids);
        ids.getMeters().forEach(meter -> registry.removeByPreFilterId(meter.getId()));
        ids.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
