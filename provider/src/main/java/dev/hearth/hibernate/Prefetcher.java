package dev.hearth.hibernate;

import dev.hearth.encoding.ResultHints;
import dev.hearth.near.Reading;
import dev.hearth.store.EntriesRead;
import dev.hearth.store.Found;
import dev.hearth.store.WantedEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final TransactionContext context;
    private final SharedSessionContractImplementor session;
    private final @Nullable ReadAhead ahead;
    private final Map<CacheKey, Wanted> wanted = new LinkedHashMap<>();
    private @Nullable ResultHints source;

    /** @param position among what was expected, or {@link ReadAhead#UNEXPECTED} */
    private record Wanted(Companions.Companion companion, int position) {}

    Prefetcher(TransactionContext context, SharedSessionContractImplementor session) {
        this(context, session, null);
    }

    /** @param ahead has read some of it already, and is told then what is better read ahead the next time */
    Prefetcher(TransactionContext context, SharedSessionContractImplementor session, @Nullable ReadAhead ahead) {
        this.context = context;
        this.session = session;
        this.ahead = ahead;
    }

    /** Entities that a query's rows led to when its result was stored. A hint that leads nowhere now is passed over. */
    void addHints(ResultHints hints) {
        int named = ahead != null && ahead.expects(hints) ? addExpected(ahead.expected()) : addNamed(hints.texts());
        source = wanted.size() == named ? hints : null;
    }

    private int addExpected(List<Companions.Companion> expected) {
        for (int i = 0; i < expected.size(); i++) {
            add(expected.get(i), i);
        }
        return expected.size();
    }

    private int addNamed(List<String> hints) {
        EntityAccess access = null;
        int named = 0;
        for (String hint : hints) {
            String entity = EntityHints.entity(hint);
            if (entity != null) {
                access = access(entity);
            } else {
                named++;
                if (access != null) {
                    add(access, hint);
                }
            }
        }
        return named;
    }

    /** An entity, unless the session has it already. */
    void add(EntityPersister persister, Object id) {
        EntityAccess access = access(persister);
        if (access != null
                && !session.getPersistenceContextInternal().containsEntity(session.generateEntityKey(id, persister))) {
            add(access, access.cacheKey(id, session.getTenantIdentifier()).text());
        }
    }

    private void add(EntityAccess access, String text) {
        int position = ahead == null ? ReadAhead.UNEXPECTED : ahead.expected(wanted.size(), access, text);
        if (ahead == null || position == ReadAhead.UNEXPECTED) {
            add(new Companions.Companion(access, access.store().address(text)), ReadAhead.UNEXPECTED);
        } else {
            add(ahead.companion(position), position);
        }
    }

    private void add(Companions.Companion companion, int position) {
        CacheKey key = companion.access().cacheKey(companion.at());
        if (!companion.access().isOwnChange(context, key)) {
            wanted.put(key, new Wanted(companion, position));
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
        context.stash().left().forEach(old -> add(old.access(), old.key().text()));
        context.stash().clear();
        fetch();
    }

    /** Reads what was added and is not kept near, waiting once if there is any. */
    void fetch() {
        fetch(new ArrayList<>(0), 0);
    }

    /** Reads an entry that is not kept near: with the others that were added if it is one of them, or else alone. */
    Reading fetchWith(EntityAccess access, CacheKey key) {
        if (wanted.remove(key) == null) {
            return access.near().read(key.at());
        }
        List<Unread> unread = new ArrayList<>();
        unread.add(unread(key, access));
        EntriesRead read = fetch(unread, 1);
        return new Reading(Objects.requireNonNull(read).found(0), unread.get(0).ticket());
    }

    /** An entry that is neither kept near nor was read ahead. */
    private record Unread(CacheKey key, EntityAccess access, long ticket) {}

    private static Unread unread(CacheKey key, EntityAccess access) {
        return new Unread(key, access, access.near().ticket(key.at()));
    }

    /** @param own so many of those that are unread are for the caller, and the others for the stash */
    private @Nullable EntriesRead fetch(List<Unread> unread, int own) {
        List<Prefetched> entries = new ArrayList<>(wanted.size());
        List<Companions.Companion> asked = new ArrayList<>(wanted.size());
        wanted.forEach((key, want) -> {
            asked.add(want.companion());
            EntityAccess access = want.companion().access();
            if (access.near().keeps(key.at())) {
                return;
            }
            Reading read = ahead == null ? null : ahead.read(want.position(), key.at());
            if (read != null) {
                entries.add(prefetched(access, key, read));
            } else {
                unread.add(unread(key, access));
            }
        });
        if (ahead != null) {
            ahead.ledTo(asked, source);
        }
        EntriesRead read = unread.isEmpty() ? null : read(unread);
        for (int i = own; i < unread.size(); i++) {
            Unread one = unread.get(i);
            Found found = Objects.requireNonNull(read).found(i);
            entries.add(prefetched(one.access(), one.key(), new Reading(found, one.ticket())));
        }
        if (!entries.isEmpty()) {
            context.stash().fill(entries, context.participant().nanoTime());
        }
        return read;
    }

    private static EntriesRead read(List<Unread> unread) {
        return unread.get(0)
                .access()
                .tier()
                .read(unread.stream()
                        .map(one -> new WantedEntry(one.key().at(), one.access().store()))
                        .toList());
    }

    private Prefetched prefetched(EntityAccess access, CacheKey key, Reading read) {
        return new Prefetched(key, open(access, key, read), access);
    }

    /** What was read, as an entry; null if there is none. */
    private @Nullable Object open(EntityAccess access, CacheKey key, Reading read) {
        if (!(read.found() instanceof Found.Value value)) {
            return null;
        }
        Object entry = access.open(context, key, value);
        if (entry != null) {
            access.near().keep(key.at(), entry, value.bytes().length, read.ticket());
        }
        return entry;
    }
}
