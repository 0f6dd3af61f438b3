package dev.hearth.histories;

import java.sql.Connection;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;

/** Sessions that only read, in every kind of transaction or none. */
final class Readers {
    private final SessionFactory factory;
    private final String name;
    private final Random random;
    private final Log log;

    Readers(SessionFactory factory, String name, Random random, Log log) {
        this.factory = factory;
        this.name = name;
        this.random = random;
        this.log = log;
    }

    /** Reads in one session at random; answers what it was. */
    String any() {
        return switch (random.nextInt(10)) {
            case 0 -> withoutTransaction("autocommit", this::some);
            case 1 -> stateless();
            case 2 -> snapshot();
            case 3 -> twice();
            default -> once();
        };
    }

    String all() {
        return withoutTransaction("settled", this::everything);
    }

    private String withoutTransaction(String how, Consumer<Reads> reading) {
        try (Session session = factory.openSession()) {
            reading.accept(reads(session, how));
        }
        return "read, " + how;
    }

    private String once() {
        try (Session session = factory.openSession()) {
            within(session, reads(session, "read"));
        }
        return "read, transaction";
    }

    private String twice() {
        try (Session session = factory.openSession()) {
            within(session, reads(session, "first"));
            session.clear();
            within(session, reads(session, "second"));
        }
        return "read, two transactions";
    }

    /* The snapshot is taken by the first statement after the time is noted. */
    private String snapshot() {
        try (Session session = factory.openSession()) {
            session.doWork(connection -> connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ));
            within(session, Reads.ofSnapshot(session, log, name + " snapshot", System.nanoTime()));
        }
        return "read, repeatable";
    }

    /** Reads some in a transaction of the session. */
    void within(Session session, Reads reads) {
        Transaction transaction = session.beginTransaction();
        try {
            some(reads);
        } finally {
            transaction.commit();
        }
    }

    private String stateless() {
        try (StatelessSession session = factory.openStatelessSession()) {
            boolean within = random.nextBoolean();
            if (within) {
                session.beginTransaction();
            }
            Reads reads = reads(session, "stateless");
            reads.statelessNote(1 + random.nextInt(World.NOTES));
            reads.statelessAccount(1 + random.nextInt(World.ACCOUNTS));
            query(reads.queries());
            if (within) {
                session.getTransaction().commit();
            }
        }
        return "read, stateless";
    }

    void some(Reads reads) {
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            one(reads);
        }
    }

    void one(Reads reads) {
        if (random.nextInt(3) == 0) {
            query(reads.queries());
        } else {
            entity(reads);
        }
    }

    private void query(QueryReads queries) {
        switch (random.nextInt(9)) {
            case 0 -> queries.notes();
            case 1 -> queries.note(1 + random.nextInt(World.NOTES));
            case 2, 3 -> queries.accounts();
            case 4 -> queries.code(World.CODES.get(random.nextInt(World.CODES.size())));
            case 5 -> queries.leaves(1 + random.nextInt(World.FOLDERS));
            case 6 -> queries.tags(1 + random.nextInt(World.FOLDERS));
            case 7 -> queries.leaf(1 + random.nextInt(World.LEAVES), true);
            default -> queries.leaf(1 + random.nextInt(World.LEAVES), false);
        }
    }

    private void entity(Reads reads) {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> reads.note(1 + random.nextInt(World.NOTES));
            case 3, 4 -> reads.account(1 + random.nextInt(World.ACCOUNTS));
            case 5, 6 -> reads.byCode(World.CODES.get(random.nextInt(World.CODES.size())));
            case 7 -> reads.leaf(1 + random.nextInt(World.LEAVES));
            case 8 -> reads.notes(LongStream.rangeClosed(1, World.NOTES).boxed().toList());
            case 9 -> refreshed(reads);
            default -> folder(reads, 1 + random.nextInt(World.FOLDERS));
        }
    }

    private void refreshed(Reads reads) {
        Note note = reads.note(1 + random.nextInt(World.NOTES));
        if (note != null) {
            reads.refresh(note);
        }
    }

    private static void folder(Reads reads, long id) {
        Folder folder = reads.folder(id);
        if (folder != null) {
            reads.leaves(folder);
            reads.tags(folder);
        }
    }

    private void everything(Reads reads) {
        World.CODES.forEach(reads::byCode);
        World.ids(World.ACCOUNTS).forEach(reads::account);
        World.ids(World.NOTES).forEach(reads::note);
        World.ids(World.FOLDERS).forEach(id -> folder(reads, id));
        World.ids(World.LEAVES).forEach(reads::leaf);
        QueryReads queries = reads.queries();
        queries.notes();
        queries.accounts();
        World.CODES.forEach(queries::code);
        World.ids(World.NOTES).forEach(queries::note);
        World.ids(World.FOLDERS).forEach(queries::leaves);
        World.ids(World.FOLDERS).forEach(queries::tags);
        World.ids(World.LEAVES).forEach(id -> queries.leaf(id, true));
        World.ids(World.LEAVES).forEach(id -> queries.leaf(id, false));
    }

    Reads reads(SharedSessionContract session, String how) {
        return new Reads(session, log, name + " " + how);
    }
}
