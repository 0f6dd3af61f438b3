package dev.hearth.store;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who acts in a walk over a query result, which tables the result reads, and what may go wrong. The invariant is that
 * what is served is the committed version of these tables: after every step, or, where the scene has something that
 * DESIGN section 9 bounds by a settle, once everyone has finished.
 *
 * @param tables none for a query that names none, and depends on all
 */
record QueryScene(List<QueryActor.Kind> actors, List<String> tables, Set<Fault> faults, Set<Slip> slips) {
    /** What goes wrong outside the nodes. All but the first two happen once in a schedule at the most. */
    enum Fault {
        /** A live writer may outlast its announcements; nobody dies as well. */
        STALLS,
        /** The server's clock may stand still between two steps. */
        STANDING_CLOCK,
        /** The table hash may vanish, and with it the announcements in force. */
        LOST_TABLES,
        /** The query region's record may vanish. */
        LOST_RECORD,
        /** The query region's fences may vanish. */
        LOST_FENCES,
        /** Another server takes over, with the same data and a clock that is behind. */
        FAILOVER,
        /** Another server takes over with the data of an earlier moment, and so without what was announced since. */
        RESTORED,
        /** As {@link #RESTORED}, where only the tables lie on that server. */
        RESTORED_TABLES,
        /** The server's clock steps back; the nodes notice some time later, and clear the query region. */
        CLOCK_STEPS_BACK,
        /** A writer's announcement arrives a second time, as a renewal or a retry does, be it after its settle. */
        REPEATED_ANNOUNCE,
        /** A writer's settle arrives a second time. */
        REPEATED_SETTLE
    }

    /** A rule that the nodes keep, not the scripts, and that is broken to see the walk find it. */
    enum Slip {
        WRITERS_MAY_NOT_ANNOUNCE,
        STAMPS_RUN_AHEAD,
        READS_IGNORE_ANNOUNCEMENTS,
        READS_IGNORE_LAPSED_ANNOUNCEMENTS,
        READS_IGNORE_STAMPS,
        READS_TRUST_EQUAL_STAMPS,
        READS_IGNORE_THE_FLOOR,
        READS_IGNORE_ALL_TABLES_BUT_A,
        READS_IGNORE_GENERATIONS,
        READS_IGNORE_IDENTITY,
        READS_RUN_AHEAD,
        STEPS_BACK_CLEAR_NOTHING
    }

    static QueryScene of(QueryActor.Kind... actors) {
        return new QueryScene(List.of(actors), List.of("a"), Set.of(), Set.of());
    }

    QueryScene over(String... names) {
        return new QueryScene(actors, List.of(names), faults, slips);
    }

    QueryScene with(Fault... more) {
        Set<Fault> all = EnumSet.noneOf(Fault.class);
        all.addAll(faults);
        all.addAll(List.of(more));
        return new QueryScene(actors, tables, all, slips);
    }

    QueryScene with(Slip... slipped) {
        return new QueryScene(actors, tables, faults, Set.of(slipped));
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }

    boolean has(Slip slip) {
        return slips.contains(slip);
    }

    boolean has(QueryActor.Kind kind) {
        return actors.contains(kind);
    }

    /** Whether somebody acts by the lists of results. */
    boolean usesLists() {
        return has(QueryActor.Kind.SWEEPING_WRITER) || has(QueryActor.Kind.READER);
    }

    /** Whether the result reads this table. */
    boolean reads(String table) {
        return tables.isEmpty() || tables.contains(table);
    }

    /** Whether a stale result may be served until everyone has finished. */
    boolean holdsOnlyAtTheEnd() {
        return losesAnnouncements()
                || actors.stream().anyMatch(kind -> kind.name().startsWith("OUTSIDE"));
    }

    /** Death takes away the settle that would end what another fault began. */
    boolean allowsDeath() {
        return !losesAnnouncements();
    }

    private boolean losesAnnouncements() {
        return has(Fault.STALLS) || has(Fault.LOST_TABLES) || has(Fault.RESTORED) || has(Fault.RESTORED_TABLES);
    }

    @Override
    public String toString() {
        return actors.stream().map(kind -> kind.name().toLowerCase()).collect(Collectors.joining("+"))
                + (tables.equals(List.of("a")) ? "" : " over " + (tables.isEmpty() ? "unnamed tables" : tables))
                + (faults.isEmpty() ? "" : " " + faults)
                + (slips.isEmpty() ? "" : " " + slips);
    }
}
