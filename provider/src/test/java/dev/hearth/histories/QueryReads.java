package dev.hearth.histories;

import dev.hearth.test.HibernateRelease;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Session;
import org.hibernate.SharedSessionContract;
import org.hibernate.query.NativeQuery;
import org.hibernate.query.Query;
import org.jspecify.annotations.Nullable;

/** Reads of registers through cacheable queries, of every kind that Hearth tells apart. */
final class QueryReads {
    private final SharedSessionContract session;
    private final Reads reads;

    QueryReads(SharedSessionContract session, Reads reads) {
        this.session = session;
        this.reads = reads;
    }

    /** All notes, as scalars: also that a note is not there. */
    void notes() {
        long began = System.nanoTime();
        Map<Long, String> states = new HashMap<>();
        for (Object[] row : rows(session.createQuery("select id, token, shelf from Note", Object[].class))) {
            states.put((Long) row[0], row[1] + "/" + row[2]);
        }
        World.ids(World.NOTES).forEach(id -> log(World.note(id), states.get(id), began));
    }

    void note(long id) {
        long began = System.nanoTime();
        List<Object[]> found = rows(session.createQuery("select token, shelf from Note where id = :id", Object[].class)
                .setParameter("id", id));
        log(World.note(id), found.isEmpty() ? null : found.get(0)[0] + "/" + found.get(0)[1], began);
    }

    /** All accounts, as entities: by their ids alone where the layout is shallow. */
    void accounts() {
        Set<Long> known = new HashSet<>();
        World.ids(World.ACCOUNTS)
                .filter(id -> reads.isInSession(Account.class, id))
                .forEach(known::add);
        long began = System.nanoTime();
        Map<Long, String> states = new HashMap<>();
        for (Account account : rows(session.createQuery("from Account", Account.class))) {
            if (account != null) {
                states.put(account.id, account.state());
            }
        }
        World.ids(World.ACCOUNTS)
                .filter(id -> !known.contains(id))
                .forEach(id -> log(World.account(id), states.get(id), began));
    }

    void code(String code) {
        long began = System.nanoTime();
        List<Long> ids = rows(session.createQuery("select id from Account where code = :code", Long.class)
                .setParameter("code", code));
        log(World.code(code), ids.isEmpty() ? null : String.valueOf(ids.get(0)), began);
    }

    /** The members of a folder, by the other side's table. */
    void leaves(long folder) {
        long began = System.nanoTime();
        Set<Long> members = new HashSet<>(
                rows(session.createQuery("select l.id from Leaf l where l.folder.id = :folder", Long.class)
                        .setParameter("folder", folder)));
        World.ids(World.LEAVES)
                .forEach(leaf ->
                        log(World.membership(folder, leaf), members.contains(leaf) ? World.MEMBER : null, began));
    }

    /** The tags of a folder, from a table that belongs to no entity. */
    void tags(long folder) {
        long began = System.nanoTime();
        List<String> tags = rows(session.createQuery(
                        "select t from Folder f join f.tags t where f.id = :folder order by t", String.class)
                .setParameter("folder", folder));
        log(World.tags(folder), tags.isEmpty() ? null : String.join(",", tags), began);
    }

    /** A leaf, by native SQL that names its table, or no table at all. */
    void leaf(long id, boolean named) {
        long began = System.nanoTime();
        NativeQuery<?> query = session.createNativeQuery(
                        "select token, folder_id from leaf where id = :id", Object[].class)
                .setParameter("id", id)
                .unwrap(NativeQuery.class);
        if (named) {
            query.addSynchronizedQuerySpace("leaf");
        }
        List<?> found = query.setCacheable(true).list();
        log(World.leaf(id), found.isEmpty() ? null : text((Object[]) found.get(0)), began);
    }

    private static String text(Object[] row) {
        return row[0] + "/" + row[1];
    }

    /** Of no cache where StatelessShallowResultsIT shows that Hibernate cannot read it. */
    private <T> List<T> rows(Query<T> query) {
        boolean readable = session instanceof Session || HibernateRelease.isAtLeast(7, 4);
        return query.setCacheable(readable).list();
    }

    private void log(String register, @Nullable String state, long began) {
        reads.log(register, state, began);
    }
}
