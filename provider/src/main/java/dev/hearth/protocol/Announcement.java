package dev.hearth.protocol;

import dev.hearth.near.Ask;
import dev.hearth.store.Tables;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A transaction's word that it may change some tables: until it is settled, results over them are not valid. It is given when
 * it is taken.
 */
final class Announcement extends Lease {
    private final Tables tables;
    private final Set<String> names;

    Announcement(Node node, Set<String> names, String transaction) {
        super(node, names.stream().map(node.tier().tables()::table).toList(), transaction);
        this.tables = node.tier().tables();
        this.names = names;
    }

    Tables tables() {
        return tables;
    }

    Set<String> names() {
        return names;
    }

    @Override
    Ask ask() {
        return near().askForTables();
    }

    @Override
    CompletableFuture<Long> send(String ask) {
        return tables.announce(transaction(), names, ask).thenApply(done -> 0L);
    }

    @Override
    void sent() {
        near().changed(names);
    }
}
