package dev.hearth.histories;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.hibernate.LockMode;
import org.hibernate.ObjectNotFoundException;
import org.hibernate.Session;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** The reads of one session, as they are logged: those that say something about the cache or the database. */
final class Reads {
    /* What a session has already, or has changed itself, it rightly answers from its own context; such reads are made,
     * since they may publish, but not logged. */
    private final SharedSessionContractImplementor session;
    private final Log log;
    private final String reader;
    private final Set<String> own;
    private final long snapshot;

    private Reads(SharedSessionContractImplementor session, Log log, String reader, Set<String> own, long snapshot) {
        this.session = session;
        this.log = log;
        this.reader = reader;
        this.own = own;
        this.snapshot = snapshot;
    }

    /** Reads that see, each for itself, what is committed when they begin. */
    Reads(SharedSessionContract session, Log log, String reader) {
        this(implementor(session), log, reader, new HashSet<>(), Long.MAX_VALUE);
    }

    /** Reads that may see what was committed at an earlier time, as their transaction shows them one snapshot. */
    static Reads ofSnapshot(SharedSessionContract session, Log log, String reader, long taken) {
        return new Reads(implementor(session), log, reader, new HashSet<>(), taken);
    }

    /** The reads of another session in the same transaction. */
    Reads of(SharedSessionContract child) {
        return new Reads(implementor(child), log, reader + " child", own, snapshot);
    }

    private static SharedSessionContractImplementor implementor(SharedSessionContract session) {
        return session.unwrap(SharedSessionContractImplementor.class);
    }

    /** From here on this session sees its own state of the register. */
    void changes(String register) {
        own.add(register);
    }

    void changesAll(int count, LongFunction<String> register) {
        World.ids(count).mapToObj(register).forEach(own::add);
    }

    @Nullable
    Account account(long id) {
        return entity(World.account(id), Account.class, id, Account::state, () -> full().find(Account.class, id));
    }

    @Nullable
    Note note(long id) {
        return entity(World.note(id), Note.class, id, Note::state, () -> full().find(Note.class, id));
    }

    @Nullable
    Folder folder(long id) {
        // A leaf that was read before has left a proxy, whose fields hold nothing.
        return entity(
                World.folder(id),
                Folder.class,
                id,
                Folder::state,
                () -> Hibernate.unproxy(full().find(Folder.class, id), Folder.class));
    }

    @Nullable
    Leaf leaf(long id) {
        return entity(World.leaf(id), Leaf.class, id, Leaf::state, () -> full().find(Leaf.class, id));
    }

    @Nullable
    Account account(long id, LockMode lock) {
        return locked(World.account(id), Account.class, id, Account::state, lock);
    }

    @Nullable
    Note note(long id, LockMode lock) {
        return locked(World.note(id), Note.class, id, Note::state, lock);
    }

    /** Locks the leaf's row; what this session knew of it before, and has not changed itself, is read again. */
    @Nullable
    Leaf leafAsLocked(long id) {
        boolean known = isInSession(Leaf.class, id);
        Leaf leaf = locked(World.leaf(id), Leaf.class, id, Leaf::state, LockMode.PESSIMISTIC_WRITE);
        if (known && leaf != null && !own.contains(World.leaf(id))) {
            full().refresh(leaf);
        }
        return leaf;
    }

    @Nullable
    Account statelessAccount(long id) {
        return entity(
                World.account(id),
                Account.class,
                id,
                Account::state,
                () -> stateless().get(Account.class, id));
    }

    @Nullable
    Note statelessNote(long id) {
        return entity(
                World.note(id), Note.class, id, Note::state, () -> stateless().get(Note.class, id));
    }

    private <T> @Nullable T entity(
            String register, Class<T> type, long id, Function<T, String> state, Supplier<@Nullable T> find) {
        boolean known = isInSession(type, id);
        long began = System.nanoTime();
        T entity = find.get();
        if (!known) {
            log(register, entity == null ? null : state.apply(entity), began);
        }
        return entity;
    }

    /* A locking read that has waited for a transaction which deleted the row and inserted it again finds nothing, although
     * the row was never gone: so PostgreSQL's READ COMMITTED, cache or not. */
    private <T> @Nullable T locked(String register, Class<T> type, long id, Function<T, String> state, LockMode lock) {
        boolean known = isInSession(type, id);
        long began = System.nanoTime();
        T entity = full().find(type, id, lock);
        if (!known && entity != null) {
            log(register, state.apply(entity), began);
        }
        return entity;
    }

    void notes(List<Long> ids) {
        List<Boolean> known =
                ids.stream().map(id -> isInSession(Note.class, id)).toList();
        long began = System.nanoTime();
        List<Note> notes = full().findMultiple(Note.class, ids);
        for (int i = 0; i < ids.size(); i++) {
            if (!known.get(i)) {
                Note note = notes.get(i);
                log(World.note(ids.get(i)), note == null ? null : note.state(), began);
            }
        }
    }

    /** Reads the row again, from the database, past what the session and the cache have. */
    void refresh(Note note) {
        long began = System.nanoTime();
        full().refresh(note);
        log(World.note(note.id), note.state(), began);
    }

    void refresh(Account account) {
        long began = System.nanoTime();
        full().refresh(account);
        log(World.account(account.id), account.state(), began);
    }

    @Nullable
    Account byCode(String code) {
        if (accountsInSession().anyMatch(account -> account.code.equals(code))) {
            return NaturalKey.find(full(), Account.class, code);
        }
        Set<Long> known = accountsInSession().map(account -> account.id).collect(Collectors.toSet());
        long began = System.nanoTime();
        Account account = NaturalKey.find(full(), Account.class, code);
        log(World.code(code), account == null ? null : String.valueOf(account.id), began);
        if (account != null && !known.contains(account.id)) {
            log(World.account(account.id), account.state(), began);
        }
        return account;
    }

    private Stream<Account> accountsInSession() {
        return session.getPersistenceContextInternal().getEntitiesByKey().values().stream()
                .filter(Account.class::isInstance)
                .map(Account.class::cast);
    }

    /** Reads the folder's leaves, each of which is read along with them. */
    void leaves(Folder folder) {
        boolean known = Hibernate.isInitialized(folder.leaves);
        Set<Long> knownLeaves = World.ids(World.LEAVES)
                .filter(id -> isInSession(Leaf.class, id))
                .boxed()
                .collect(Collectors.toSet());
        long began = System.nanoTime();
        try {
            Hibernate.initialize(folder.leaves);
        } catch (ObjectNotFoundException e) {
            // The collection held a leaf whose row was gone when it came to the leaf.
            log(World.membership(folder.id, (Long) e.getIdentifier()), World.MEMBER, began);
            throw e;
        }
        Set<Long> ids = folder.leaves.stream().map(leaf -> leaf.id).collect(Collectors.toSet());
        if (!known) {
            World.ids(World.LEAVES)
                    .forEach(id -> log(World.membership(folder.id, id), ids.contains(id) ? World.MEMBER : null, began));
        }
        folder.leaves.stream()
                .filter(leaf -> !knownLeaves.contains(leaf.id) && !known)
                .forEach(leaf -> log(World.leaf(leaf.id), leaf.state(), began));
    }

    void tags(Folder folder) {
        boolean known = Hibernate.isInitialized(folder.tags);
        long began = System.nanoTime();
        String tags = folder.tags.stream().sorted().collect(Collectors.joining(","));
        if (!known) {
            log(World.tags(folder.id), tags.isEmpty() ? null : tags, began);
        }
    }

    /** Reads through cacheable queries. */
    QueryReads queries() {
        return new QueryReads(session, this);
    }

    void log(String register, @Nullable String state, long began) {
        if (!own.contains(register)) {
            log.read(new Read(register, state, Math.min(began, snapshot), System.nanoTime(), reader));
        }
    }

    boolean isInSession(Class<?> type, long id) {
        EntityKey key = session.generateEntityKey(
                id, session.getFactory().getMappingMetamodel().getEntityDescriptor(type));
        return session.getPersistenceContextInternal().containsEntity(key);
    }

    private Session full() {
        return (Session) session;
    }

    private StatelessSession stateless() {
        return (StatelessSession) session;
    }
}
