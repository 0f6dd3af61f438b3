package dev.hearth.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One table that results of queries depend on. Two of one name are equal. */
public final class Table implements Lockable {
    private final Tables tables;
    private final String name;

    Table(Tables tables, String name) {
        this.tables = tables;
        this.name = name;
    }

    String table() {
        return name;
    }

    @Override
    public String name() {
        return "table " + name;
    }

    @Override
    public Duration lockTimeout() {
        return tables.lockTimeout();
    }

    @Override
    public boolean failsWhenUnavailable() {
        return tables.failsWhenUnavailable();
    }

    @Override
    public void lockFailed() {
        tables.statistics().failedAnnouncement();
    }

    @Override
    public CompletableFuture<Void> clearNow() {
        return tables.settleNow(List.of(name));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Table table && table.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
