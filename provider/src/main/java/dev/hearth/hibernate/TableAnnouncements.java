package dev.hearth.hibernate;

import dev.hearth.protocol.LockUnavailableException;
import java.util.Collection;
import java.util.List;
import org.hibernate.cache.CacheException;
import org.hibernate.cache.spi.TimestampsCache;
import org.hibernate.cache.spi.TimestampsRegion;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.monitor.spi.DiagnosticEvent;
import org.hibernate.event.monitor.spi.EventMonitor;
import org.hibernate.event.monitor.spi.EventMonitor.CacheActionDescription;
import org.hibernate.stat.spi.StatisticsImplementor;

/**
 * Hears of tables that sessions change (SPI of {@link TimestampsCache}), and makes the statistics, listener and monitor
 * calls that Hibernate's own implementation makes.
 */
final class TableAnnouncements implements TimestampsCache {
    private final TimestampsRegion region;

    TableAnnouncements(TimestampsRegion region) {
        this.region = region;
    }

    @Override
    public TimestampsRegion getRegion() {
        return region;
    }

    @Override
    public void preInvalidate(String[] spaces, SharedSessionContractImplementor session) {
        announce(session, List.of(spaces));
        tell(spaces, session, CacheActionDescription.TIMESTAMP_PRE_INVALIDATE);
    }

    /** The session's transaction may change these tables. */
    static void announce(SharedSessionContractImplementor session, Collection<String> tables) {
        TransactionContext context = TransactionContext.of(session);
        try {
            context.participant().announces(tables, context.completion(session));
        } catch (LockUnavailableException e) {
            throw new CacheException(e.getMessage(), e);
        }
    }

    /** Tables are settled when the whole transaction is over, which the session's context hears of; or now, without one. */
    @Override
    public void invalidate(String[] spaces, SharedSessionContractImplementor session) {
        TransactionContext.of(session).participant().settlesAtOnce();
        tell(spaces, session, CacheActionDescription.TIMESTAMP_INVALIDATE);
    }

    private void tell(String[] spaces, SharedSessionContractImplementor session, CacheActionDescription what) {
        StatisticsImplementor statistics = session.getFactory().getStatistics();
        EventMonitor monitor = session.getEventMonitor();
        for (int i = 0; i < spaces.length; i++) {
            DiagnosticEvent event = monitor.beginCachePutEvent();
            session.getEventListenerManager().cachePutStart();
            monitor.completeCachePutEvent(event, session, region, true, what);
            session.getEventListenerManager().cachePutEnd();
            if (statistics.isStatisticsEnabled()) {
                statistics.updateTimestampsCachePut();
            }
        }
    }

    /** Tells that the stamps of so many tables were looked up to judge a result. */
    static void lookedUp(int tables, SharedSessionContractImplementor session) {
        TimestampsRegion region =
                session.getFactory().getCache().getTimestampsCache().getRegion();
        StatisticsImplementor statistics = session.getFactory().getStatistics();
        EventMonitor monitor = session.getEventMonitor();
        for (int i = 0; i < tables; i++) {
            DiagnosticEvent event = monitor.beginCacheGetEvent();
            session.getEventListenerManager().cacheGetStart();
            monitor.completeCacheGetEvent(event, session, region, true);
            session.getEventListenerManager().cacheGetEnd(true);
            if (statistics.isStatisticsEnabled()) {
                statistics.updateTimestampsCacheHit();
            }
        }
    }

    /** No: whoever has only a timestamp has nothing that can be compared with Redis's time. */
    @Override
    public boolean isUpToDate(String[] spaces, Long timestamp, SharedSessionContractImplementor session) {
        return false;
    }

    /** No, as above. */
    @Override
    public boolean isUpToDate(Collection<String> spaces, Long timestamp, SharedSessionContractImplementor session) {
        return false;
    }
}
