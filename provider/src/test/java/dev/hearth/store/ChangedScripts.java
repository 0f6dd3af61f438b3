package dev.hearth.store;

import dev.hearth.config.HearthSettings;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** Makes remote tiers that run other scripts than the real ones. */
public final class ChangedScripts {
    private final UnaryOperator<String> change;

    private ChangedScripts(UnaryOperator<String> change) {
        this.change = change;
    }

    /**
     * Tiers whose scripts went through the change: it is given the text of every script, and of what they share.
     */
    public static ChangedScripts tiers(UnaryOperator<String> change) {
        return new ChangedScripts(change);
    }

    public RemoteTier make(String node, HearthSettings settings, RedisConnection connection, LongSupplier nanoTime) {
        return new RemoteTier(node, settings, connection, nanoTime, change);
    }
}
