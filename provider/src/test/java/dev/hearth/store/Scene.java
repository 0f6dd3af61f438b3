package dev.hearth.store;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who acts in a walk, and what may go wrong. The invariant is that what is readable is the committed version: after
 * every step, or, where the scene has something that DESIGN section 9 bounds by a release, once everyone has finished.
 */
record Scene(List<Actor.Kind> actors, Set<Fault> faults, Set<Slip> slips) {
    /** What goes wrong outside the nodes. Of the last six, each happens once in a schedule at the most. */
    enum Fault {
        /** A live writer may outlast its holds, and soft locks may vanish in force; nobody dies as well. */
        STALLS,
        /** The server's clock may stand still between two steps. */
        STANDING_CLOCK,
        /** The region's record may vanish, and with it the bulk locks in force. */
        LOST_RECORD,
        /** The fences may vanish. */
        LOST_FENCES,
        /** Another server takes over, with the same data and a clock that is behind. */
        FAILOVER,
        /** Another server takes over with the data of an earlier moment, and so without the locks taken since. */
        RESTORED,
        /** A writer's lock arrives a second time, as a renewal or a retry does, be it after its release. */
        REPEATED_LOCK,
        /** A writer's release arrives a second time. */
        REPEATED_RELEASE
    }

    /** A rule that the nodes keep, not the scripts, and that is broken to see the walk find it. */
    enum Slip {
        WRITERS_MAY_NOT_LOCK,
        STAMPS_RUN_AHEAD,
        /* Alone it does no harm, since nothing enters under a bulk lock, and what stood before is of another generation. */
        READS_IGNORE_BULK_LOCKS,
        READS_IGNORE_GENERATIONS,
        READS_IGNORE_IDENTITY,
        /** A lock that was taken again after the commit is taken for the one that the commit was made under. */
        COMMITS_KNOW_LATER_LOCKS
    }

    static Scene of(Actor.Kind... actors) {
        return new Scene(List.of(actors), Set.of(), Set.of());
    }

    Scene with(Fault... more) {
        Set<Fault> all = EnumSet.noneOf(Fault.class);
        all.addAll(faults);
        all.addAll(List.of(more));
        return new Scene(actors, all, slips);
    }

    Scene with(Slip slip) {
        return new Scene(actors, faults, Set.of(slip));
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }

    boolean has(Slip slip) {
        return slips.contains(slip);
    }

    /** Whether a stale value may be readable until everyone has finished. */
    boolean holdsOnlyAtTheEnd() {
        return has(Fault.STALLS)
                || actors.contains(Actor.Kind.OUTSIDE_EVICT)
                || actors.contains(Actor.Kind.OUTSIDE_REGION_EVICT)
                || losesLocks();
    }

    /** Death takes away the release that would end what another fault began. */
    boolean allowsDeath() {
        return !has(Fault.STALLS) && !losesLocks();
    }

    private boolean losesLocks() {
        return has(Fault.RESTORED) || has(Fault.LOST_RECORD) && actors.contains(Actor.Kind.BULK);
    }

    @Override
    public String toString() {
        return actors.stream().map(kind -> kind.name().toLowerCase()).collect(Collectors.joining("+"))
                + (faults.isEmpty() ? "" : " " + faults)
                + (slips.isEmpty() ? "" : " " + slips);
    }
}
