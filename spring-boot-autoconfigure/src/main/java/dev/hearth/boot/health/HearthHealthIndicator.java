package dev.hearth.boot.health;

import dev.hearth.boot.HearthUnit;
import dev.hearth.boot.WarmingLifecycle;
import dev.hearth.warming.Warming;
import dev.hearth.warming.WarmingHealth;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * How the cache of one session factory does. Always {@code UP}: without Redis the application is slower, and goes on. The
 * detail {@code degraded} says whether it is. Calls nobody.
 */
public final class HearthHealthIndicator extends AbstractHealthIndicator {
    private final HearthUnit unit;
    private final @Nullable WarmingLifecycle warming;

    /** @param warming null if there is none */
    public HearthHealthIndicator(HearthUnit unit, @Nullable WarmingLifecycle warming) {
        super("Hearth's health cannot be told");
        this.unit = unit;
        this.warming = warming;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        boolean available = unit.cache().isAvailable();
        List<String> debt = unit.cache().nodeStatistics().debt();
        WarmingHealth.Status warm = warm();
        builder.up()
                .withDetail("degraded", !available || !debt.isEmpty() || warm == WarmingHealth.Status.FAILED)
                .withDetail("redis", available ? "available" : "unavailable, everything is read from the database")
                .withDetail("debt", debt)
                .withDetail("node", unit.cache().node());
        if (warm != null) builder.withDetail("warming", warm.name().toLowerCase(Locale.ROOT));
    }

    private WarmingHealth.@Nullable Status warm() {
        Warming running = warming == null ? null : warming.byUnit().get(unit.name());
        return running == null ? null : running.health().status();
    }
}
