package dev.hearth.histories;

import dev.hearth.test.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/** The few hot rows that histories are about, the registers that they make, and the database's record of their writes. */
final class World {
    /* Triggers record every write under the row's lock, whatever statement made it, and a rollback takes the record
     * along: so what is in the table is exactly what was committed, in commit order for each register. A register whose
     * row is gone has a null state. */
    static final List<Class<?>> ENTITIES = List.of(Account.class, Note.class, Folder.class, Leaf.class);

    static final int ACCOUNTS = 4;
    static final int NOTES = 5;
    static final int FOLDERS = 2;
    static final int LEAVES = 5;
    static final List<String> CODES = List.of("a", "b", "c", "d", "e", "f");
    static final int SHELVES = 2;

    /** The variable through which a transaction tells the triggers its name, until it ends. */
    static final String NAMING = "select set_config('hearth.transaction', ?, true)";

    /** What a member of a collection is recorded as. */
    static final String MEMBER = "in";

    private static final List<String> RECORDING = List.of(
            "create table history (n bigserial primary key, register text not null, transaction text, state text)",
            """
            create function record(register text, token text, state text) returns void language sql as $$
              insert into history (register, transaction, state) values (register,
                coalesce(nullif(current_setting('hearth.transaction', true), ''), split_part(token, '.', 1)), state) $$
            """,
            trigger("account", """
                    if tg_op <> 'INSERT' and (tg_op = 'DELETE' or old.code <> new.code) then
                      perform record('code:' || old.code, new.token, null);
                    end if;
                    if tg_op = 'DELETE' then
                      perform record('account:' || old.id, null, null);
                    else
                      perform record('account:' || new.id, new.token, new.token || '/' || new.code || '/' || new.version);
                    end if;
                    if tg_op <> 'DELETE' and (tg_op = 'INSERT' or old.code <> new.code) then
                      perform record('code:' || new.code, new.token, new.id::text);
                    end if;
                    """),
            trigger("note", """
                    if tg_op = 'DELETE' then
                      perform record('note:' || old.id, null, null);
                    else
                      perform record('note:' || new.id, new.token, new.token || '/' || new.shelf);
                    end if;
                    """),
            trigger("folder", """
                    if tg_op = 'DELETE' then
                      perform record('folder:' || old.id, null, null);
                    else
                      perform record('folder:' || new.id, new.token, new.token || '/' || new.version);
                    end if;
                    """),
            trigger("leaf", """
                    if tg_op <> 'INSERT' and (tg_op = 'DELETE' or old.folder_id <> new.folder_id) then
                      perform record('leaves:' || old.folder_id || '/' || old.id, new.token, null);
                    end if;
                    if tg_op = 'DELETE' then
                      perform record('leaf:' || old.id, null, null);
                    else
                      perform record('leaf:' || new.id, new.token, new.token || '/' || new.folder_id);
                    end if;
                    if tg_op <> 'DELETE' and (tg_op = 'INSERT' or old.folder_id <> new.folder_id) then
                      perform record('leaves:' || new.folder_id || '/' || new.id, new.token, 'in');
                    end if;
                    """),
            trigger("folder_tag", """
                    folder := case when tg_op = 'DELETE' then old.folder_id else new.folder_id end;
                    perform record('tags:' || folder, null,
                      (select string_agg(tag, ',' order by tag) from folder_tag where folder_id = folder));
                    """));

    private World() {}

    static String account(long id) {
        return "account:" + id;
    }

    static String code(String code) {
        return "code:" + code;
    }

    static String note(long id) {
        return "note:" + id;
    }

    static String folder(long id) {
        return "folder:" + id;
    }

    static String leaf(long id) {
        return "leaf:" + id;
    }

    /** Whether the folder's collection holds the leaf. */
    static String membership(long folder, long leaf) {
        return "leaves:" + folder + "/" + leaf;
    }

    static String tags(long folder) {
        return "tags:" + folder;
    }

    static int shelfOf(long note) {
        return (int) (note % SHELVES);
    }

    static List<Long> notesOn(int shelf) {
        return ids(NOTES).filter(note -> shelfOf(note) == shelf).boxed().toList();
    }

    /** The ids 1 to the given number. */
    static LongStream ids(int count) {
        return LongStream.rangeClosed(1, count);
    }

    /** Makes the database record its writes, and the rows that histories begin with. */
    static Map<String, String> begin(Database database, SessionFactory node) {
        RECORDING.forEach(sql -> execute(database, sql));
        node.inTransaction(World::fill);
        return new HistoryChecker(Map.of(), takeWrites(database), List.of()).last();
    }

    private static void fill(Session session) {
        ids(ACCOUNTS).forEach(id -> session.persist(new Account(id, "start." + id, CODES.get((int) id - 1))));
        ids(NOTES).forEach(id -> session.persist(new Note(id, "start." + id)));
        List<Folder> folders =
                ids(FOLDERS).mapToObj(id -> new Folder(id, "start." + id)).toList();
        folders.forEach(session::persist);
        ids(LEAVES).forEach(id -> {
            Folder folder = folders.get((int) id % FOLDERS);
            Leaf leaf = new Leaf(id, "start." + id, folder);
            folder.leaves.add(leaf);
            session.persist(leaf);
        });
    }

    /** Reads the record of writes, in order, and empties it; nobody may be writing. */
    static List<CommittedWrite> takeWrites(Database database) {
        List<CommittedWrite> writes = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select register, transaction, state from history order by n")) {
            while (rows.next()) {
                writes.add(new CommittedWrite(rows.getString(1), String.valueOf(rows.getString(2)), rows.getString(3)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The record of writes cannot be read", e);
        }
        execute(database, "truncate history");
        return writes;
    }

    private static String trigger(String table, String body) {
        return """
                create function record_%1$s() returns trigger language plpgsql as $$
                declare folder bigint;
                begin
                %2$s
                return null;
                end $$;
                create trigger record_%1$s after insert or update or delete on %1$s
                for each row execute function record_%1$s()
                """.formatted(table, body);
    }

    private static void execute(Database database, String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Failed: " + sql, e);
        }
    }
}
