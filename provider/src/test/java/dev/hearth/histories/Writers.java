package dev.hearth.histories;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;

/** Sessions that read, change, and commit or roll back. Logs every attempt to commit. */
final class Writers {
    private static final int ROLLED_BACK_OF = 7;

    private final SessionFactory factory;
    private final String name;
    private final Random random;
    private final Log log;
    private final Readers readers;
    private int transactions;
    private int tokens;

    Writers(SessionFactory factory, String name, Random random, Log log, Readers readers) {
        this.factory = factory;
        this.name = name;
        this.random = random;
        this.log = log;
        this.readers = readers;
    }

    /** A transaction of an ordinary session; answers what it changed last. */
    String transaction() {
        String transaction = nextTransaction("");
        try (Session session = factory.openSession()) {
            String made = within(session, transaction, () -> change(session, transaction));
            if (random.nextInt(4) == 0) {
                session.clear();
                readers.within(session, readers.reads(session, "after " + transaction));
            }
            return made;
        }
    }

    private String change(Session session, String transaction) {
        Reads reads = readers.reads(session, transaction);
        Changes changes = new Changes(session, reads, random, () -> token(transaction));
        if (random.nextInt(3) == 0) {
            readers.one(reads);
        }
        String made = changes.any();
        if (random.nextBoolean()) {
            made = changes.any();
        }
        if (random.nextInt(3) == 0) {
            session.flush();
            readers.some(reads);
        }
        return made;
    }

    /** A transaction of a stateless session. */
    String stateless() {
        String transaction = nextTransaction("stateless");
        try (StatelessSession session = factory.openStatelessSession()) {
            return within(session, transaction, () -> change(session, transaction));
        }
    }

    private String change(StatelessSession session, String transaction) {
        Reads reads = readers.reads(session, transaction);
        StatelessChanges changes = new StatelessChanges(session, reads, random, () -> token(transaction));
        String made = changes.any();
        if (random.nextInt(3) == 0) {
            reads.statelessNote(1 + random.nextInt(World.NOTES));
            made = changes.any();
        }
        return made;
    }

    /** A stateless session without a transaction: each statement is one, which the database knows by its token. */
    String autocommit() {
        String transaction = nextTransaction("autocommit");
        try (StatelessSession session = factory.openStatelessSession()) {
            Reads reads = readers.reads(session, transaction);
            StatelessChanges changes = new StatelessChanges(session, reads, random, () -> token(transaction));
            long began = System.nanoTime();
            String made = changes.one();
            log.attempt(new CommitAttempt(transaction, began, System.nanoTime()));
            return made + ", autocommit";
        }
    }

    private String within(SharedSessionContract session, String name, Supplier<String> work) {
        Transaction transaction = session.beginTransaction();
        try {
            session.doWork(connection -> name(connection, name));
            String made = work.get();
            if (random.nextInt(ROLLED_BACK_OF) == 0) {
                rollBack(session);
                return "rolled back";
            }
            commit(transaction, name);
            return made;
        } catch (RuntimeException e) {
            if (transaction.isActive()) {
                transaction.rollback();
            }
            throw e;
        }
    }

    private static void name(Connection connection, String transaction) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(World.NAMING)) {
            statement.setString(1, transaction);
            statement.execute();
        }
    }

    private static void rollBack(SharedSessionContract session) {
        if (session instanceof Session full) {
            full.flush();
        }
        session.getTransaction().rollback();
    }

    private void commit(Transaction transaction, String name) {
        long committing = System.nanoTime();
        long acknowledged = CommitAttempt.NEVER;
        try {
            transaction.commit();
            acknowledged = System.nanoTime();
        } finally {
            log.attempt(new CommitAttempt(name, committing, acknowledged));
        }
    }

    private String nextTransaction(String kind) {
        transactions++;
        return name + "-" + transactions + kind;
    }

    private String token(String transaction) {
        tokens++;
        return transaction + "." + tokens;
    }
}
