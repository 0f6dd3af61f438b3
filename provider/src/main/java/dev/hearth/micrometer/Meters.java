package dev.hearth.micrometer;

import dev.hearth.statistics.Latency;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Registers meters that read what is counted anyway.
 *
 * @param tags of each of them
 */
record Meters(MeterRegistry registry, Tags tags) {
    /** Meters that have these tags as well. */
    Meters with(String... more) {
        return new Meters(registry, tags.and(more));
    }

    <T> void counter(String name, String description, T of, ToDoubleFunction<T> total) {
        FunctionCounter.builder(name, of, total)
                .tags(tags)
                .description(description)
                .register(registry);
    }

    <T> void bytes(String name, String description, T of, ToDoubleFunction<T> total) {
        FunctionCounter.builder(name, of, total)
                .tags(tags)
                .description(description)
                .baseUnit("bytes")
                .register(registry);
    }

    <T> void gauge(String name, String description, T of, ToDoubleFunction<T> now) {
        Gauge.builder(name, of, now).tags(tags).description(description).register(registry);
    }

    <T> void byteGauge(String name, String description, T of, ToDoubleFunction<T> now) {
        Gauge.builder(name, of, now)
                .tags(tags)
                .description(description)
                .baseUnit("bytes")
                .register(registry);
    }

    <T> void timeGauge(String name, String description, T of, TimeUnit unit, ToDoubleFunction<T> now) {
        TimeGauge.builder(name, of, unit, now)
                .tags(tags)
                .description(description)
                .register(registry);
    }

    <T> void timer(
            String name, String description, T of, ToLongFunction<T> totalCount, ToDoubleFunction<T> totalNanos) {
        FunctionTimer.builder(name, of, totalCount, totalNanos, TimeUnit.NANOSECONDS)
                .tags(tags)
                .description(description)
                .register(registry);
    }

    /** How often and how long, and what 99 of 100 did not exceed, and the longest. */
    void timer(String name, String description, Latency latency) {
        timer(name, description, latency, Latency::totalCount, Latency::totalNanos);
        timeGauge(
                name + ".p99",
                description + ": what 99 of 100 did not exceed since the start or a reset",
                latency,
                TimeUnit.NANOSECONDS,
                of -> of.snapshot().p99());
        timeGauge(
                name + ".maximum",
                description + ": the longest since the start or a reset",
                latency,
                TimeUnit.NANOSECONDS,
                of -> of.snapshot().max());
    }

    /** A constant as a tag's value. */
    static String value(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
