package dev.hearth.near;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who takes part in a walk of the near tier, what may happen besides, and the rule that is broken, if one is.
 *
 * @param ticks how often a part of the lease may pass
 */
record NearScene(List<Part> parts, Set<Event> events, Set<Slip> slips, int ticks) {
    enum Kind {
        /** Reads the entry: takes a ticket, asks Redis, keeps what it finds. */
        READER,
        /** Reads the row from the database and publishes it: session, row, ticket and put, keep. */
        LOADER,
        /** Soft lock, acknowledgements, commit, release with the value. */
        WRITER,
        /** As the writer, with a bulk lock and no value. */
        BULK,
        /** Changes the row past the cache, and then evicts the entry. */
        EVICTION,
        REGION_EVICTION,
        RESULT_READER,
        RESULT_LOADER,
        /** Announcement, acknowledgements, commit, settlement. */
        TABLE_WRITER,
        /** As the writer, with its lock and its announcement in one step and one message. */
        WRITER_OF_BOTH,
        /** Reads a result that may depend on any table. */
        ANY_TABLE_READER
    }

    /** One actor, on one of the two nodes. */
    record Part(Kind kind, int node) {
        @Override
        public String toString() {
            return kind + "@" + node;
        }
    }

    enum Event {
        /** Acknowledgements take their time. */
        SLOW_ANSWERS,
        /** Node 1's subscription breaks once, and begins anew. */
        BREAKS,
        /** A message to node 1 is lost, once, while its subscription lives on. */
        A_MESSAGE_IS_LOST,
        /** Node 1 starts while the others work. */
        JOINS,
        /** Node 0 does not hear who lives any more. */
        KNOWS_AN_OLD_LIST,
        /** Node 1's machine sleeps while time passes. */
        SLEEPS,
        /** Every lock in force lapses, once. */
        LAPSES
    }

    /** What a node, the harness or the channel does wrong. */
    enum Slip {
        ACKNOWLEDGEMENTS_ARE_NOT_AWAITED,
        TICKETS_ARE_TAKEN_AFTER_THE_READ,
        MESSAGES_ARE_ACKNOWLEDGED_BEFORE_THEY_ARE_HEARD,
        MESSAGES_HAVE_NO_NUMBERS,
        THE_NEW_SUBSCRIPTION_IS_NOT_TOLD,
        THE_NEW_SUBSCRIPTION_CLEARS_NOTHING,
        A_NODE_TRUSTS_AS_SOON_AS_IT_JOINS,
        A_CLOCK_STANDS_STILL,
        THE_OWN_COPY_STAYS,
        RESULTS_ARE_KEPT_BY_A_LATER_TICKET
    }

    static NearScene of(Part... parts) {
        return new NearScene(List.of(parts), Set.of(), Set.of(), 0);
    }

    NearScene with(Event... more) {
        Set<Event> all = EnumSet.noneOf(Event.class);
        all.addAll(events);
        all.addAll(Arrays.asList(more));
        return new NearScene(parts, all, slips, ticks);
    }

    NearScene with(Slip... more) {
        return new NearScene(parts, events, EnumSet.copyOf(List.of(more)), ticks);
    }

    NearScene ticking(int times) {
        return new NearScene(parts, events, slips, times);
    }

    boolean has(Event event) {
        return events.contains(event);
    }

    boolean has(Slip slip) {
        return slips.contains(slip);
    }

    /** Whether copies on this node could be wrong: otherwise it hears at once, which spares schedules and loses none. */
    boolean keepsAt(int node) {
        return parts.stream().anyMatch(part -> part.node == node && reads(part.kind)) && (node == 1 || !wearsNodes());
    }

    private static boolean reads(Kind kind) {
        return switch (kind) {
            case READER, LOADER, WRITER, WRITER_OF_BOTH, RESULT_READER, ANY_TABLE_READER -> true;
            default -> false;
        };
    }

    /** Whether loads are published, which fences decide about. */
    boolean publishesLoads() {
        return isOneOf(Kind.LOADER);
    }

    boolean isAboutResults() {
        return isOneOf(Kind.TABLE_WRITER, Kind.WRITER_OF_BOTH);
    }

    boolean isAboutEntries() {
        return !isOneOf(Kind.TABLE_WRITER);
    }

    private boolean isOneOf(Kind... kinds) {
        return parts.stream().anyMatch(part -> List.of(kinds).contains(part.kind));
    }

    boolean readsAnyTable() {
        return isOneOf(Kind.ANY_TABLE_READER);
    }

    /** Whether nodes must begin anew for every schedule, since what they know of each other changes. */
    boolean wearsNodes() {
        return ticks > 0 || has(Event.BREAKS) || has(Event.JOINS) || has(Event.A_MESSAGE_IS_LOST);
    }

    /** Some changes reach the copies only behind the commit; then copies are right once everything was heard. */
    boolean holdsOnlyWhenQuiet() {
        return has(Event.LAPSES) || isOneOf(Kind.EVICTION, Kind.REGION_EVICTION);
    }

    /** What is served near in some schedule: what was published before, and what is once the row has changed. */
    List<Object> served() {
        List<Object> served = new ArrayList<>();
        if (parts.stream().anyMatch(part -> part.kind.name().endsWith("READER"))) {
            served.add(NearActor.value(0));
        }
        if (isOneOf(Kind.WRITER, Kind.WRITER_OF_BOTH, Kind.LOADER, Kind.RESULT_LOADER)) {
            served.add(NearActor.value(1));
        }
        return served;
    }

    @Override
    public String toString() {
        List<Object> words = new ArrayList<>(parts);
        words.addAll(events);
        words.addAll(slips);
        if (ticks > 0) {
            words.add(ticks + " ticks");
        }
        return words.stream()
                .map(Object::toString)
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }
}
