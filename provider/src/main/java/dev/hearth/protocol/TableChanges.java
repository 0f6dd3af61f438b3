package dev.hearth.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The tables that a session's transaction changes: what it has written there, and what it has announced. */
final class TableChanges {
    /* What is written is this session's own affair: it must not serve itself, or publish, what is read from there. What is
     * announced is everybody's. Hibernate tells of the two at different times, and not always of both. */
    private final Node node;
    private final Map<String, Set<String>> written = new HashMap<>(4);
    private final List<Announcement> announcements = new ArrayList<>(0);
    private final Set<String> announced = new HashSet<>(4);

    TableChanges(Node node) {
        this.node = node;
    }

    boolean isEmpty() {
        return written.isEmpty() && announcements.isEmpty();
    }

    void write(String table, String role) {
        written.computeIfAbsent(table, t -> new HashSet<>(2)).add(role);
    }

    /** Whether one of the tables was written on behalf of a role other than this one. */
    boolean writesForAnother(Collection<String> names, String role) {
        if (written.isEmpty()) {
            return false;
        }
        for (String name : names) {
            Set<String> writers = written.get(name);
            if (writers != null && (writers.size() > 1 || !writers.contains(role))) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the tables was written or announced; no names mean any table. */
    boolean touchAny(Collection<String> names) {
        if (written.isEmpty() && announced.isEmpty()) {
            return false;
        }
        return names.isEmpty()
                || names.stream().anyMatch(name -> announced.contains(name) || written.containsKey(name));
    }

    /** The announcement of those of the tables that were not announced before, yet to be taken; null if there are none. */
    @Nullable
    Announcement announce(Collection<String> names, String transaction, Completion completion) {
        if (completion != Completion.FOREIGN && announced.containsAll(names)) {
            // Asked for every row of a flush.
            return null;
        }
        Set<String> more = new HashSet<>(names);
        if (completion == Completion.FOREIGN) {
            // Nobody tells where one transaction ends and the next begins, and what was announced before may have
            // lapsed.
            announcements.removeIf(earlier -> earlier.completion() == Completion.FOREIGN);
        } else {
            more.removeAll(announced);
        }
        if (more.isEmpty()) {
            return null;
        }
        announced.addAll(more);
        Announcement announcement = new Announcement(node, Set.copyOf(more), transaction);
        announcements.add(announcement);
        return announcement;
    }

    List<Announcement> announcements() {
        return announcements;
    }

    /** Whether something was announced, and nobody will tell of a commit. */
    boolean areOver() {
        return !announcements.isEmpty()
                && announcements.stream().allMatch(a -> a.completion() == Completion.AUTOCOMMIT);
    }

    /** The tables that are to be settled, because they were announced. */
    List<String> toSettle() {
        return List.copyOf(announced);
    }

    /** Settles what was announced, if anything was. */
    void settle(String transaction, Releases releases) {
        if (!announcements.isEmpty()) {
            List<String> names = toSettle();
            settle(
                    Lease.behind(
                            List.copyOf(announcements),
                            () -> node.tier().tables().settle(transaction, names)),
                    releases);
        }
    }

    /** The command that settles what was announced has been sent, and answers with the stamp up to which results are stale. */
    void settle(CompletableFuture<Long> stamp, Releases releases) {
        List<String> names = toSettle();
        CompletableFuture<Void> settled = stamp.thenAccept(micros -> node.tier().changed(names, micros));
        for (Announcement announcement : announcements) {
            announcement.end();
            announcement.released(settled);
        }
        announcements.clear();
        announced.clear();
        releases.sent(node.tier().tables().settlingIsAwaited(), settled);
    }

    void clear() {
        written.clear();
        announcements.clear();
        announced.clear();
    }
}
