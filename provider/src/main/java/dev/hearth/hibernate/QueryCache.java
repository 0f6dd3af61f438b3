package dev.hearth.hibernate;

import dev.hearth.encoding.EncodingException;
import dev.hearth.encoding.ImmutableValues;
import dev.hearth.encoding.QueryDigest;
import dev.hearth.encoding.StoredResult;
import dev.hearth.encoding.UnreadableEntryException;
import dev.hearth.near.NearRegion;
import dev.hearth.protocol.Participant;
import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.statistics.QueryLedger;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.Found;
import dev.hearth.store.ResultStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.cache.spi.QueryResultsCache;
import org.hibernate.cache.spi.QueryResultsRegion;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.monitor.spi.DiagnosticEvent;
import org.hibernate.event.monitor.spi.EventMonitor;
import org.hibernate.event.monitor.spi.EventMonitor.CacheActionDescription;
import org.jspecify.annotations.Nullable;

/**
 * The results of one region's queries (SPI of {@link QueryResultsCache}): read together with the stamps of their tables,
 * and followed by the entities that their rows lead to. Makes the listener and monitor calls that Hibernate's own makes.
 */
final class QueryCache implements QueryResultsCache {
    private final QueryRegion region;
    private final ResultStore store;
    private final QueryResults results;
    private final QueryTimer timer;

    QueryCache(QueryRegion region, QueryResults results, QueryLedger ledger) {
        this.region = region;
        this.store = region.store();
        this.results = results;
        this.timer = new QueryTimer(region, ledger);
    }

    @Override
    public QueryResultsRegion getRegion() {
        return region;
    }

    /** Where a result lies, and what says that it is this query's. */
    private record Place(EntryAddress at, byte[] check) {
        /** The Redis key, as results are sealed under it. */
        byte[] key() {
            return at.entry().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Null for a query whose parameters have no form that all nodes agree on. */
    private @Nullable Place place(QueryKey key) {
        QueryDigest digest = results.digest(key);
        if (digest == null) {
            return null;
        }
        return new Place(store.address(digest.text()), digest.check());
    }

    // Reading

    @Override
    public @Nullable List<?> get(QueryKey key, String[] spaces, SharedSessionContractImplementor session) {
        return get(key, Set.of(spaces), session);
    }

    @Override
    public @Nullable List<?> get(QueryKey key, @Nullable Set<String> spaces, SharedSessionContractImplementor session) {
        Set<String> tables = spaces == null ? Set.of() : spaces;
        QueryTimer.LookUp timed = timer.lookUp(key, tables);
        TransactionContext context = TransactionContext.of(session);
        Place place = place(key);
        results.learn(key, tables);
        ReadAhead ahead = new ReadAhead(region.node().tier(), region.near(), region.companions());
        Answer answer = lookUp(place, tables, ahead, session, timed);
        if (answer.wasStored()) {
            TableAnnouncements.lookedUp(answer.isValid() ? tables.size() : 1, session);
        }
        StoredResult result = answer.result;
        if (place != null && answer.found instanceof Found.Value value) {
            result = decode(place, tables, value, answer.isNear());
            keep(place, result, value, answer.ticket);
        }
        if (result == null) {
            ahead.ledNowhere();
            context.queries().asked(key, tables, answer.isHopeless(), timed.missed(answer.isOutdated()));
            return null;
        }
        context.servesResult(session);
        if (answer.isNear()) {
            // What is near most likely leads to what is near: to look for all of it now would be to look twice.
            context.stash().expect(result.hints());
        } else {
            Prefetcher prefetcher = new Prefetcher(context, session, ahead);
            prefetcher.addHints(result.hints());
            prefetcher.fetch();
        }
        timed.hit(result.results(), answer.remoteBytes());
        return result.results();
    }

    /**
     * What a look-up has brought: a result that was kept near, or what was found in Redis.
     *
     * @param ticket with which what was found may be kept
     */
    private record Answer(
            @Nullable StoredResult result, @Nullable Found found, NearRegion.@Nullable ResultTicket ticket) {
        /** Whether it came from inside the process. */
        boolean isNear() {
            return ticket == null;
        }

        boolean isValid() {
            return result != null || found instanceof Found.Value;
        }

        /** As Hibernate counts: a result that is out of date was found all the same. */
        boolean wasStored() {
            return !(found instanceof Found.Nothing) || isOutdated();
        }

        /** Whether a table has changed, or is changing. */
        boolean isOutdated() {
            return found instanceof Found.Nothing miss
                    && (miss.reason() == MissReason.STALE || miss.reason() == MissReason.TABLE_CHANGING);
        }

        /** The size of what Redis has answered; 0 for a result from inside the process. */
        int remoteBytes() {
            return !isNear() && found instanceof Found.Value value ? value.bytes().length - value.offset() : 0;
        }

        boolean isHopeless() {
            return found instanceof Found.Nothing miss && miss.hopeless() == PutRefusal.TABLE_CHANGED;
        }
    }

    /** Keeps the result as it is where sessions can share it, and as bytes where one of them could change it. */
    private void keep(
            Place place, @Nullable StoredResult result, Found.Value found, NearRegion.@Nullable ResultTicket ticket) {
        if (result == null) {
            return;
        }
        boolean shared = ImmutableValues.areAll(result.results());
        if (ticket != null) {
            region.near().keep(place.at(), shared ? result : found, found.bytes().length, ticket);
        } else if (shared) {
            // It was kept as bytes before anybody asked for it here.
            region.near().restate(place.at(), found, result);
        }
    }

    private Answer lookUp(
            @Nullable Place place,
            Set<String> tables,
            ReadAhead ahead,
            SharedSessionContractImplementor session,
            QueryTimer.LookUp timed) {
        EventMonitor monitor = session.getEventMonitor();
        DiagnosticEvent event = monitor.beginCacheGetEvent();
        boolean stored = false;
        try {
            session.getEventListenerManager().cacheGetStart();
            Answer answer = lookUp(place, tables, TransactionContext.of(session).participant(), ahead, timed);
            stored = answer.wasStored();
            return answer;
        } finally {
            monitor.completeCacheGetEvent(event, session, region, stored);
            session.getEventListenerManager().cacheGetEnd(stored);
        }
    }

    private Answer lookUp(
            @Nullable Place place,
            Set<String> tables,
            Participant participant,
            ReadAhead ahead,
            QueryTimer.LookUp timed) {
        if (place == null) {
            return new Answer(null, store.region().nothing(MissReason.NO_KEY), null);
        }
        Object near = participant.getNearResult(region.near(), place.at(), tables);
        if (near instanceof StoredResult result) {
            return new Answer(result, null, null);
        }
        if (near instanceof Found.Value bytes) {
            return new Answer(null, bytes, null);
        }
        timed.turnsToRedis();
        NearRegion.ResultTicket ticket = region.near().resultTicket(place.at(), tables);
        // The result is asked for first: its answer is short, and there is something to do with it while the others
        // come.
        Found found = participant.getResult(store, place.at(), tables, () -> ahead.begin(place.at()));
        return new Answer(null, found, ticket);
    }

    /** @param near whether the bytes were kept near, and so have been counted and were readable before */
    private @Nullable StoredResult decode(Place place, Set<String> tables, Found.Value found, boolean near) {
        try {
            StoredResult result = open(place, tables, found);
            if (!near) {
                statistics().hit();
            }
            return result;
        } catch (UnreadableEntryException e) {
            switch (e.reason()) {
                case OTHER_MAPPING -> statistics().miss(MissReason.OTHER_MAPPING);
                case MALFORMED -> {
                    statistics().miss(MissReason.UNDECODABLE);
                    var unused = store.remove(place.at(), tables);
                }
            }
            return null;
        }
    }

    /** Whoever stores a result without having looked for it first does not know its tables, and says so by its mapping. */
    private StoredResult open(Place place, Set<String> tables, Found.Value found) throws UnreadableEntryException {
        try {
            return results.codec(tables).open(place.key(), place.check(), found.bytes(), found.offset());
        } catch (UnreadableEntryException e) {
            if (e.reason() != UnreadableEntryException.Reason.OTHER_MAPPING || tables.isEmpty()) {
                throw e;
            }
            return results.codec(Set.of()).open(place.key(), place.check(), found.bytes(), found.offset());
        }
    }

    // Publishing

    @Override
    public boolean put(QueryKey key, List<?> result, SharedSessionContractImplementor session) {
        EventMonitor monitor = session.getEventMonitor();
        DiagnosticEvent event = monitor.beginCachePutEvent();
        boolean stored = false;
        try {
            session.getEventListenerManager().cachePutStart();
            stored = publish(key, result, session);
            return stored;
        } finally {
            monitor.completeCachePutEvent(event, session, region, stored, CacheActionDescription.QUERY_RESULT);
            session.getEventListenerManager().cachePutEnd();
        }
    }

    private boolean publish(QueryKey key, List<?> result, SharedSessionContractImplementor session) {
        TransactionContext context = TransactionContext.of(session);
        AskedQueries.Asked asked = context.queries().finished(key);
        Set<String> tables = asked == null ? results.learned(key) : asked.tables();
        QueryTimer.Put timed = timer.put(key, tables, result, asked);
        boolean sent = false;
        try {
            sent = publish(key, tables, result, session, asked, timed);
            return sent;
        } finally {
            timed.done(sent);
        }
    }

    private boolean publish(
            QueryKey key,
            Set<String> tables,
            List<?> result,
            SharedSessionContractImplementor session,
            AskedQueries.@Nullable Asked asked,
            QueryTimer.Put timed) {
        TransactionContext context = TransactionContext.of(session);
        Place place = place(key);
        if (place == null) {
            return refused(PutRefusal.NO_KEY);
        }
        if (asked != null && asked.hopeless()) {
            return refused(PutRefusal.TABLE_CHANGED);
        }
        if (!context.mayPublish(session)) {
            return refused(PutRefusal.JOINED_TRANSACTION);
        }
        byte[] body = encode(
                place, tables, result, asked == null ? List.of() : asked.hints().texts());
        timed.encoded(body);
        return body != null && context.participant().putResult(store, place.at(), tables, body);
    }

    private boolean refused(PutRefusal reason) {
        statistics().refused(reason);
        return false;
    }

    private byte @Nullable [] encode(Place place, Set<String> tables, List<?> result, List<String> hints) {
        try {
            return results.codec(tables).seal(place.key(), place.check(), result, hints);
        } catch (EncodingException e) {
            statistics()
                    .refused(
                            switch (e.reason()) {
                                case TOO_LARGE -> PutRefusal.TOO_LARGE;
                                case NOT_ENCODABLE -> PutRefusal.NOT_ENCODABLE;
                            });
            return null;
        }
    }

    private RegionStatistics statistics() {
        return store.statistics();
    }

    @Override
    public String toString() {
        return "QueryCache[" + region.getName() + "]";
    }
}
