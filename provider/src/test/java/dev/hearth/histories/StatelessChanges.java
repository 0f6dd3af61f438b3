package dev.hearth.histories;

import java.util.Random;
import java.util.function.Supplier;
import org.hibernate.StatelessSession;

/** What a stateless session may change. */
final class StatelessChanges {
    private final StatelessSession session;
    private final Reads reads;
    private final Random random;
    private final Supplier<String> tokens;

    StatelessChanges(StatelessSession session, Reads reads, Random random, Supplier<String> tokens) {
        this.session = session;
        this.reads = reads;
        this.random = random;
        this.tokens = tokens;
    }

    /** Makes one change at random within a transaction; answers its name. */
    String any() {
        return switch (random.nextInt(8)) {
            case 0 -> deleteNote();
            case 1 -> bulk();
            default -> one();
        };
    }

    /** Changes one row at most, as a session without a transaction may. */
    String one() {
        return switch (random.nextInt(5)) {
            case 0 -> upsert();
            case 1, 2 -> account();
            default -> note();
        };
    }

    private String note() {
        long id = 1 + random.nextInt(World.NOTES);
        Note note = reads.statelessNote(id);
        reads.changes(World.note(id));
        if (note == null) {
            session.insert(new Note(id, tokens.get()));
            return "stateless insert";
        }
        note.token = tokens.get();
        session.update(note);
        return "stateless update";
    }

    private String account() {
        Account account = reads.statelessAccount(1 + random.nextInt(World.ACCOUNTS));
        if (account == null) {
            return "nothing to change";
        }
        reads.changes(World.account(account.id));
        account.token = tokens.get();
        if (random.nextInt(4) == 0) {
            reads.changes(World.code(account.code));
            account.code = World.CODES.get(random.nextInt(World.CODES.size()));
            reads.changes(World.code(account.code));
        }
        session.update(account);
        return "stateless versioned update";
    }

    private String upsert() {
        long id = 1 + random.nextInt(World.NOTES);
        reads.changes(World.note(id));
        session.upsert(new Note(id, tokens.get()));
        return "stateless upsert";
    }

    private String deleteNote() {
        Note note = reads.statelessNote(1 + random.nextInt(World.NOTES));
        if (note == null) {
            return "nothing to change";
        }
        reads.changes(World.note(note.id));
        session.delete(note);
        return "stateless delete";
    }

    private String bulk() {
        int shelf = random.nextInt(World.SHELVES);
        World.notesOn(shelf).forEach(note -> reads.changes(World.note(note)));
        session.createMutationQuery("update Note set token = :token where shelf = :shelf")
                .setParameter("token", tokens.get())
                .setParameter("shelf", shelf)
                .executeUpdate();
        return "stateless bulk HQL update";
    }
}
