package dev.hearth.protocol;

import dev.hearth.near.Ask;
import java.util.List;
import java.util.Objects;

/** What tests ask of the locks that a session's transaction has taken. */
public final class Locks {
    private Locks() {}

    /** Waits until Redis has answered to all of them, and this node has dropped its copies. */
    public static void awaitTaken(Participant participant) {
        participant.changes().leases().forEach(lease -> lease.taken().join());
    }

    /** By what the other nodes acknowledge them. */
    public static List<Ask> asks(Participant participant) {
        return participant.changes().leases().stream()
                .map(lease -> lease.taking().ask())
                .filter(Objects::nonNull)
                .toList();
    }

    /** The stamps and the transaction by which Redis knows them. */
    public static String names(Participant participant) {
        StringBuilder names = new StringBuilder();
        participant
                .changes()
                .leases()
                .forEach(lease -> names.append(lease.taken().join()).append(' '));
        return names.toString();
    }

    /** The name of the transaction, or nothing if it holds nothing. */
    public static String transaction(Participant participant) {
        return participant.changes().leases().stream()
                .map(Lease::transaction)
                .findAny()
                .orElse("");
    }
}
