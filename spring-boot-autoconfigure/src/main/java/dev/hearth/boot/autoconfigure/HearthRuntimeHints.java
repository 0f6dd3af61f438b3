package dev.hearth.boot.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What a native image must keep: what is read as a resource, the provider's scripts and the dashboard. */
final class HearthRuntimeHints implements RuntimeHintsRegistrar {
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources()
                .registerPattern("dev/hearth/store/*.lua")
                .registerPattern("dev/hearth/boot/dashboard/*")
                .registerPattern("META-INF/resources/webjars/chart.js/*");
    }
}
