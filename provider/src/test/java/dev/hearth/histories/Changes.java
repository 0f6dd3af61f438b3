package dev.hearth.histories;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** What a transaction of an ordinary session may change. Every write leaves a token that no other write leaves. */
final class Changes {
    private final Session session;
    private final Reads reads;
    private final Random random;
    private final Supplier<String> tokens;

    Changes(Session session, Reads reads, Random random, Supplier<String> tokens) {
        this.session = session;
        this.reads = reads;
        this.random = random;
        this.tokens = tokens;
    }

    /** Makes one change at random; answers its name. */
    String any() {
        return random.nextInt(25) == 0 ? inChildSession() : one();
    }

    private String inChildSession() {
        try (Session child = session.sessionWithOptions().connection().openSession()) {
            new Changes(child, reads.of(child), random, tokens).one();
            child.flush();
        }
        return "change in a child session";
    }

    private String one() {
        int choice = random.nextInt(100);
        if (choice < 22) return note();
        if (choice < 44) return account();
        if (choice < 52) return code();
        if (choice < 72) return leaf();
        if (choice < 80) return tags();
        if (choice < 86) return locked();
        if (choice < 91) return refreshed();
        if (choice < 93) return merged();
        return statement();
    }

    private String note() {
        long id = 1 + random.nextInt(World.NOTES);
        Note note = reads.note(id);
        reads.changes(World.note(id));
        if (note == null) {
            session.persist(new Note(id, tokens.get()));
            return "insert";
        }
        if (random.nextInt(4) == 0) {
            session.remove(note);
            return "delete";
        }
        change(note);
        return "update";
    }

    private void change(Note note) {
        note.token = tokens.get();
        if (random.nextInt(6) == 0) {
            session.flush();
            note.token = tokens.get();
        }
    }

    private String account() {
        long id = 1 + random.nextInt(World.ACCOUNTS);
        Account account = reads.account(id);
        changes(id, account);
        if (account == null) {
            String code = anyCode();
            reads.changes(World.code(code));
            session.persist(new Account(id, tokens.get(), code));
            return "insert";
        }
        if (random.nextInt(6) == 0) {
            session.remove(account);
            return "delete";
        }
        account.token = tokens.get();
        return "versioned update";
    }

    private void changes(long id, @Nullable Account account) {
        reads.changes(World.account(id));
        if (account != null) {
            reads.changes(World.code(account.code));
        }
    }

    private String code() {
        Account account =
                random.nextBoolean() ? reads.byCode(anyCode()) : reads.account(1 + random.nextInt(World.ACCOUNTS));
        if (account == null) {
            return "nothing to change";
        }
        changes(account.id, account);
        account.token = tokens.get();
        account.code = anyCode();
        changes(account.id, account);
        return "natural id change";
    }

    private String anyCode() {
        return World.CODES.get(random.nextInt(World.CODES.size()));
    }

    /* The row's lock comes first: it keeps the leaf in its folder, so that both sides of the association can be
     * maintained; without it Hibernate would not learn which collection it has to invalidate. What the session has read
     * before the lock may be of another folder: Hibernate would write that back, and know of no collection either. */
    private String leaf() {
        long id = 1 + random.nextInt(World.LEAVES);
        Leaf leaf = reads.leafAsLocked(id);
        reads.changes(World.leaf(id));
        Folder target = reads.folder(1 + random.nextInt(World.FOLDERS));
        if (target == null) {
            return "nothing to change";
        }
        if (leaf == null) {
            reads.leaves(target);
            reads.changes(World.membership(target.id, id));
            Leaf added = new Leaf(id, tokens.get(), target);
            target.leaves.add(added);
            session.persist(added);
            return "collection insert";
        }
        int choice = random.nextInt(3);
        if (choice == 0) {
            leaf.token = tokens.get();
            return "update";
        }
        return moveOrRemove(leaf, choice == 1 ? target : null);
    }

    private String moveOrRemove(Leaf leaf, @Nullable Folder target) {
        Folder source = reads.folder(leaf.folderId());
        if (source == null || source == target) {
            return "nothing to change";
        }
        reads.leaves(source);
        reads.changes(World.membership(source.id, leaf.id));
        if (!source.leaves.remove(leaf)) {
            // Hibernate does not invalidate what it does not see change.
            throw new WithdrawnException();
        }
        if (target == null) {
            session.remove(leaf);
            return "collection remove";
        }
        reads.leaves(target);
        reads.changes(World.membership(target.id, leaf.id));
        leaf.token = tokens.get();
        leaf.folder = target;
        if (!target.leaves.add(leaf)) {
            // The collection was read while the leaf was there before.
            throw new WithdrawnException();
        }
        return "collection move";
    }

    private String tags() {
        Folder folder = reads.folder(1 + random.nextInt(World.FOLDERS));
        if (folder == null) {
            return "nothing to change";
        }
        reads.tags(folder);
        reads.changes(World.tags(folder.id));
        reads.changes(World.folder(folder.id));
        folder.token = tokens.get();
        folder.tags.clear();
        folder.tags.add(tokens.get());
        return "element collection change";
    }

    private String locked() {
        LockMode mode = random.nextBoolean() ? LockMode.PESSIMISTIC_WRITE : LockMode.PESSIMISTIC_READ;
        boolean change = random.nextBoolean();
        if (random.nextBoolean()) {
            Note note = reads.note(1 + random.nextInt(World.NOTES), mode);
            if (note != null && change) {
                reads.changes(World.note(note.id));
                change(note);
            }
        } else {
            Account account = reads.account(1 + random.nextInt(World.ACCOUNTS), mode);
            if (account != null && change) {
                changes(account.id, account);
                account.token = tokens.get();
            }
        }
        return change ? "pessimistic update" : "pessimistic read";
    }

    private String refreshed() {
        Note note = reads.note(1 + random.nextInt(World.NOTES));
        Account account = reads.account(1 + random.nextInt(World.ACCOUNTS));
        if (note != null) {
            reads.refresh(note);
            reads.changes(World.note(note.id));
            note.token = tokens.get();
        }
        if (account != null) {
            reads.refresh(account);
            changes(account.id, account);
            account.token = tokens.get();
        }
        return "refresh and update";
    }

    private String merged() {
        long id = 1 + random.nextInt(World.NOTES);
        reads.changes(World.note(id));
        session.merge(new Note(id, tokens.get()));
        return "merge";
    }

    private String statement() {
        int shelf = random.nextInt(World.SHELVES);
        switch (random.nextInt(5)) {
            case 0 -> {
                reads.changesAll(World.ACCOUNTS, World::account);
                session.createMutationQuery("update versioned Account set token = :token where id < :id")
                        .setParameter("token", tokens.get())
                        .setParameter("id", 1L + random.nextInt(World.ACCOUNTS))
                        .executeUpdate();
                return "bulk HQL update";
            }
            case 1 -> {
                long id = 1 + random.nextInt(World.NOTES);
                reads.changes(World.note(id));
                session.createMutationQuery("delete from Note where id = :id")
                        .setParameter("id", id)
                        .executeUpdate();
                return "bulk HQL delete";
            }
            case 2 -> {
                changesShelf(shelf);
                session.createMutationQuery("update Note set token = :token where shelf = :shelf")
                        .setParameter("token", tokens.get())
                        .setParameter("shelf", shelf)
                        .executeUpdate();
                return "bulk HQL update";
            }
            default -> {
                changesShelf(shelf);
                session.createNativeQuery("update note set token = :token where shelf = :shelf")
                        .addSynchronizedEntityClass(Note.class)
                        .setParameter("token", tokens.get())
                        .setParameter("shelf", shelf)
                        .executeUpdate();
                return "native update";
            }
        }
    }

    private void changesShelf(int shelf) {
        List<Long> notes = World.notesOn(shelf);
        notes.forEach(note -> reads.changes(World.note(note)));
    }

    /** A transaction that what it read keeps from going on. */
    static final class WithdrawnException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
