package dev.hearth.test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Faults of the connections through a {@link FaultProxy} on which the client has subscribed to something, and of no
 * others; they come on top of the proxy's own. A connection counts from its first {@code SUBSCRIBE} on, that included, so
 * that while these connections are held none can be made anew. Safe for concurrent use.
 */
public final class SubscriptionFaults {
    private final FaultProxy proxy;
    private final Lane toServer = new Lane();
    private final Lane toClient = new Lane();
    private final AtomicLong bytes = new AtomicLong();

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

    /** Holds back messages until {@link #heal()} or {@link #flow()}; what the client asks for still happens on the server. */
    public void holdMessages() {
        toClient.hold(true);
    }

    /** Lets what is held back flow on, and leaves all other faults as they are. */
    public void flow() {
        toServer.hold(false);
        toClient.hold(false);
    }

    /**
     * Has messages arrive in two pieces, all that is there at once but for its last bytes, and those a moment later: as
     * segments end on a network, in the middle of whatever is sent.
     */
    public void tear() {
        toClient.tear(true);
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
        toClient.tear(false);
        toServer.hold(false);
        toClient.hold(false);
    }

    /** How many bytes the server has sent on these connections, held back or not. */
    public long bytes() {
        return bytes.get();
    }

    void haveCome(int more) {
        bytes.addAndGet(more);
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
