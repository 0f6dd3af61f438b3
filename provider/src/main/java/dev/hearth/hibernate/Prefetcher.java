package dev.hearth.hibernate;

import dev.hearth.near.Reading;
import dev.hearth.store.EntriesRead;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.Found;
import dev.hearth.store.RegionStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.UnknownEntityTypeException;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Reads entities that a session is about to ask for one by one, all in one round trip, into the session's stash. What it
 * reads obeys the rules of a get, and what it does not find costs no second question.
 */
final class Prefetcher {
    /* DESIGN section 7: Hibernate has no call for many entries at once. What it will ask for is known, however: the ids
     * stand in a cached collection, and a query's result remembers the entities that its rows led to. */
    private static final char SEPARATOR = '\n';

    private final TransactionContext context;
    private final SharedSessionContractImplementor session;
    private final Map<CacheKey, EntityAccess> wanted = new LinkedHashMap<>();

    Prefetcher(TransactionContext context, SharedSessionContractImplementor session) {
        this.context = context;
        this.session = session;
    }

    /** What a result remembers of an entity, to find it by later. */
    static String hint(Role role, CacheKey key) {
        return role.name() + SEPARATOR + key.text();
    }

    /** Entities that a query's rows led to when its result was stored. A hint that leads nowhere now is passed over. */
    void addHints(List<String> hints) {
        for (String hint : hints) {
            int separator = hint.indexOf(SEPARATOR);
            EntityAccess access = separator < 0 ? null : access(hint.substring(0, separator));
            if (access != null) {
                add(access, access.cacheKey(hint.substring(separator + 1)));
            }
        }
    }

    /** An entity, unless the session has it already. */
    void add(EntityPersister persister, Object id) {
        EntityAccess access = access(persister);
        if (access != null
                && !session.getPersistenceContextInternal().containsEntity(session.generateEntityKey(id, persister))) {
            add(access, access.cacheKey(id, session.getTenantIdentifier()));
        }
    }

    private void add(EntityAccess access, CacheKey key) {
        if (!access.isOwnChange(context, key)) {
            wanted.put(key, access);
        }
    }

    private @Nullable EntityAccess access(String entity) {
        try {
            return access(session.getFactory().getMappingMetamodel().getEntityDescriptor(entity));
        } catch (UnknownEntityTypeException e) {
            return null;
        }
    }

    private static @Nullable EntityAccess access(EntityPersister persister) {
        return persister.getCacheAccessStrategy() instanceof EntityAccess access ? access : null;
    }

    /** Reads anew what was read ahead and has not been handed over for too long. */
    void fetchAgain() {
        context.stash().left().forEach(ahead -> add(ahead.access(), ahead.key()));
        context.stash().clear();
        fetch();
    }

    /** Reads what was added and is not kept near, waiting once if there is any. */
    void fetch() {
        fetch(null);
    }

    /** As {@link #fetch()}, but for what was read ahead; that is then told what is better read ahead the next time. */
    void fetch(@Nullable ReadAhead ahead) {
        List<Prefetched> entries = new ArrayList<>(wanted.size());
        List<Companions.Companion> asked = new ArrayList<>(wanted.size());
        Map<EntryAddress, RegionStore> missing = new LinkedHashMap<>();
        Map<CacheKey, Long> tickets = new LinkedHashMap<>();
        wanted.forEach((key, access) -> {
            asked.add(new Companions.Companion(access.near(), key.at()));
            if (access.near().keeps(key.at())) {
                return;
            }
            Reading read = ahead == null ? null : ahead.read(key.at());
            if (read != null) {
                entries.add(prefetched(access, key, read.found(), read.ticket()));
            } else {
                tickets.put(key, access.near().ticket(key.at()));
                missing.put(key.at(), access.store());
            }
        });
        if (ahead != null) {
            ahead.ledTo(asked);
        }
        if (!missing.isEmpty()) {
            EntityAccess any = wanted.values().iterator().next();
            EntriesRead read = any.tier().read(missing);
            tickets.forEach((key, ticket) -> {
                EntityAccess access = wanted.get(key);
                Found found = read.found(key.at());
                if (access != null && found != null) {
                    entries.add(prefetched(access, key, found, ticket));
                }
            });
        }
        if (!entries.isEmpty()) {
            context.stash().fill(entries);
        }
    }

    private Prefetched prefetched(EntityAccess access, CacheKey key, Found found, long ticket) {
        return new Prefetched(
                key, open(access, key, found, ticket), context.participant().nanoTime(), access);
    }

    /** What was read, as an entry; null if there is none. */
    private @Nullable Object open(EntityAccess access, CacheKey key, Found found, long ticket) {
        if (!(found instanceof Found.Value value)) {
            return null;
        }
        Object entry = access.open(context, key, value);
        if (entry != null) {
            access.near().keep(key.at(), entry, value.bytes().length, ticket);
        }
        return entry;
    }
}
