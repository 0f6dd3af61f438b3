package dev.hearth.boot.autoconfigure;

import dev.hearth.boot.actuate.WarmingHistoryDescriptor;
import dev.hearth.boot.actuate.WarmingPlanDescriptor;
import dev.hearth.boot.dashboard.DashboardAccess;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * What a native image must keep: what is read as a resource, the provider's scripts and the dashboard, and answers that the
 * signature of an endpoint does not name.
 */
final class HearthRuntimeHints implements RuntimeHintsRegistrar {
    private static final String ACTUATOR = "org.springframework.boot.actuate.endpoint.OperationResponseBody";

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources()
                .registerPattern("dev/hearth/store/*.lua")
                .registerPattern("dev/hearth/boot/dashboard/*")
                .registerPattern("META-INF/resources/webjars/chart.js/**");
        if (ClassUtils.isPresent(ACTUATOR, classLoader)) Answers.register(hints);
    }

    /* Of its own, since these classes cannot be loaded without the actuator. */
    private static final class Answers {
        static void register(RuntimeHints hints) {
            new BindingReflectionHintsRegistrar()
                    .registerReflectionHints(
                            hints.reflection(),
                            WarmingPlanDescriptor.class,
                            WarmingHistoryDescriptor.class,
                            DashboardAccess.class);
        }
    }
}
