package dev.hearth.store;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.redisson.config.Config;
import org.redisson.connection.ConnectionListener;

/**
 * Hears of connections that are made anew: behind one may be a server that has restarted, and that serves an old snapshot
 * until somebody asks who it is (DESIGN section 4: a poll after every reconnect). Only clients of ours can be listened to.
 */
final class Reconnections implements ConnectionListener {
    private final @Nullable ConnectionListener applications;
    private volatile Runnable reconnected = () -> {};

    private Reconnections(@Nullable ConnectionListener applications) {
        this.applications = applications;
    }

    /** Listens to the client that is made of this configuration, beside the listener that it has. */
    static Reconnections of(Config config) {
        Reconnections listener = new Reconnections(config.getConnectionListener());
        config.setConnectionListener(listener);
        return listener;
    }

    /** What to do then: something short that does not wait. */
    void onReconnect(Runnable action) {
        reconnected = action;
    }

    @Override
    public void onConnect(InetSocketAddress address) {
        if (applications != null) {
            applications.onConnect(address);
        }
        reconnected.run();
    }

    @Override
    public void onDisconnect(InetSocketAddress address) {
        if (applications != null) {
            applications.onDisconnect(address);
        }
    }
}
