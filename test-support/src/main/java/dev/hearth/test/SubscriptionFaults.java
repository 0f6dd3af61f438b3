package dev.hearth.test;

import java.time.Duration;

/**
 * Faults of the connections through a {@link FaultProxy} on which the client has subscribed to something, and of no
 * others; they come on top of the proxy's own. A connection counts from its first {@code SUBSCRIBE} on, that included, so
 * that while these connections are held none can be made anew. Safe for concurrent use.
 */
public final class SubscriptionFaults {
    private final FaultProxy proxy;
    private final Lane toServer = new Lane();
    private final Lane toClient = new Lane();

    SubscriptionFaults(FaultProxy proxy) {
        this.proxy = proxy;
    }

    /** Delays all messages that are sent from now on. */
    public void delay(Duration messages) {
        toClient.delay(messages);
    }

    /** Delays each piece of bytes with messages by a time of its own, up to the given one. */
    public void delayRandomly(Duration maximum) {
        toClient.delayRandomly(maximum);
    }

    /** Holds back everything both ways until {@link #heal()}. */
    public void hold() {
        toServer.hold(true);
        toClient.hold(true);
    }

    /** Resets the connections, what was held back or under way being lost, and lets new ones subscribe. */
    public void reset() {
        proxy.resetSubscriptions();
    }

    /** Resets the connections, and lets no new one subscribe until {@link #heal()}. */
    public void cut() {
        hold();
        reset();
    }

    /** Ends every fault: what was held back flows on. */
    public void heal() {
        toClient.delay(Duration.ZERO);
        toServer.hold(false);
        toClient.hold(false);
    }

    /** How many connections have subscribed to something. */
    public long connections() {
        return proxy.subscribed();
    }

    Lane toServer() {
        return toServer;
    }

    Lane toClient() {
        return toClient;
    }
}
