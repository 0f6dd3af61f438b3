package dev.hearth.near;

import dev.hearth.near.NearScene.Slip;
import dev.hearth.protocol.Completion;
import dev.hearth.protocol.Hold;
import dev.hearth.protocol.Locks;
import dev.hearth.protocol.Participant;
import dev.hearth.protocol.RegionHold;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Those who change the row. */
final class NearWriters {
    private NearWriters() {}

    /** A real session's transaction: it locks, waits, commits, and is completed. */
    abstract static class Transaction extends NearActor {
        final Participant participant;
        private final List<String> names = new ArrayList<>();
        int committed;

        Transaction(NearNode node, Stage stage) {
            super(node, stage);
            this.participant = node.session();
        }

        /** Sends what keeps everybody from reading. */
        abstract void lock();

        /** What the session says between commit and completion. */
        void tell() {}

        @Override
        final boolean mayStep() {
            return switch (at) {
                case 0, 3 -> true;
                case 1 ->
                    (stage.slips(Slip.ACKNOWLEDGEMENTS_ARE_NOT_AWAITED)
                                    || Locks.asks(participant).stream().allMatch(Ask::isOver))
                            && stage.rowIsFree();
                case 2 -> true;
                default -> false;
            };
        }

        @Override
        final void step() {
            switch (at++) {
                case 0 -> {
                    lock();
                    Locks.awaitTaken(participant);
                    Locks.asks(participant).forEach(ask -> names.add(ask.text()));
                    names.add(Locks.transaction(participant));
                }
                case 1 -> {
                    if (stage.slips(Slip.ACKNOWLEDGEMENTS_ARE_NOT_AWAITED)) {
                        Locks.asks(participant).forEach(this::forge);
                    }
                    participant.completing();
                    stage.lockRow(this);
                }
                case 2 -> {
                    stage.commit();
                    committed = stage.version();
                }
                default -> {
                    tell();
                    participant.completed(true);
                }
            }
        }

        /* Both nodes are said to have acknowledged, whatever they have heard. */
        private void forge(Ask ask) {
            for (String name : NearPlay.NAMES) {
                node.channel().listener().answered(name + " " + ask.number());
            }
        }

        @Override
        final boolean isOver() {
            return at > 3;
        }

        @Override
        final String state() {
            return at == 0 || isOver()
                    ? at + ""
                    : at + " " + committed + " " + Locks.names(participant)
                            + Locks.asks(participant).stream().allMatch(Ask::isOver);
        }

        @Override
        final List<String> names() {
            return names;
        }
    }

    static class Writer extends Transaction {
        @Nullable
        Hold hold;

        Writer(NearNode node, Stage stage) {
            super(node, stage);
        }

        @Override
        void lock() {
            hold = participant.lock(node.region().store(), stage.entry(node), Completion.TRANSACTION);
        }

        @Override
        void tell() {
            hold.unlock(sealed(committed));
        }
    }

    static final class WriterOfBoth extends Writer {
        WriterOfBoth(NearNode node, Stage stage) {
            super(node, stage);
        }

        @Override
        void lock() {
            hold = participant.lock(node.region().store(), stage.entry(node), Set.of(stage.table()));
        }
    }

    /** As a {@link Hold} that does not drop this node's own copy. */
    static final class ForgetfulWriter extends NearActor {
        private @Nullable Ask ask;
        private long lock;
        private int committed;

        ForgetfulWriter(NearNode node, Stage stage) {
            super(node, stage);
        }

        @Override
        boolean mayStep() {
            return at == 1 ? ask.isOver() && stage.rowIsFree() : !isOver();
        }

        @Override
        void step() {
            switch (at++) {
                case 0 -> {
                    ask = node.near().askForEntry(node.region().store());
                    lock = node.region()
                            .store()
                            .lock(stage.entry(node), "forgetful", ask.text())
                            .join();
                    ask.answered();
                }
                case 1 -> {
                    node.near().await(List.of(ask));
                    stage.lockRow(this);
                }
                case 2 -> {
                    stage.commit();
                    committed = stage.version();
                }
                default ->
                    node.region()
                            .store()
                            .release(stage.entry(node), "forgetful", lock, body(committed))
                            .join();
            }
        }

        @Override
        boolean isOver() {
            return at > 3;
        }

        @Override
        String state() {
            return at + " " + lock + " " + committed + " " + (at > 0 && ask.isOver());
        }

        @Override
        List<String> names() {
            return ask == null ? List.of() : List.of(ask.text(), "forgetful");
        }
    }

    /** Changes the row without the cache, and then evicts what may be stale, as an application does. */
    static final class Eviction extends NearActor {
        private final boolean ofRegion;

        Eviction(NearNode node, Stage stage, boolean ofRegion) {
            super(node, stage);
            this.ofRegion = ofRegion;
        }

        @Override
        boolean mayStep() {
            return at == 0 ? stage.rowIsFree() : !isOver();
        }

        @Override
        void step() {
            if (at++ == 0) {
                stage.commit();
            } else if (ofRegion) {
                node.region().store().clear().join();
                node.region().changed();
            } else {
                node.region().store().evict(stage.entry(node)).join();
                node.region().changed(stage.entry(node).key());
            }
        }

        @Override
        boolean isOver() {
            return at > 1;
        }

        @Override
        String state() {
            return at + "";
        }
    }

    static final class Bulk extends Transaction {
        Bulk(NearNode node, Stage stage) {
            super(node, stage);
        }

        @Override
        void lock() {
            RegionHold hold = Participant.lockRegion(node.node(), node.region().store());
            participant.adopt(hold, Completion.TRANSACTION);
        }
    }

    static final class TableWriter extends Transaction {
        TableWriter(NearNode node, Stage stage) {
            super(node, stage);
        }

        @Override
        void lock() {
            participant.announces(Set.of(stage.table()), Completion.TRANSACTION);
        }
    }
}
