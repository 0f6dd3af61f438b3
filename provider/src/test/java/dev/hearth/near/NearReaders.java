package dev.hearth.near;

import dev.hearth.near.NearScene.Slip;
import dev.hearth.protocol.Participant;
import dev.hearth.store.PutMode;
import dev.hearth.store.Stamp;
import org.jspecify.annotations.Nullable;

/** Those who read, step by step in the order in which {@link NearRegion} and the sessions do it at once. */
final class NearReaders {
    private NearReaders() {}

    private abstract static class Steps extends NearActor {
        private final int last;

        Steps(NearNode node, Stage stage, int last) {
            super(node, stage);
            this.last = last;
        }

        @Override
        boolean mayStep() {
            return !isOver();
        }

        @Override
        boolean isOver() {
            return at >= last;
        }
    }

    /** As {@link NearRegion#get(dev.hearth.store.EntryAddress, java.util.function.Function)}. */
    static final class Reader extends Steps {
        private long ticket;
        private @Nullable String found;

        Reader(NearNode node, Stage stage) {
            super(node, stage, 3);
        }

        @Override
        void step() {
            switch (at++) {
                case 0 -> {
                    ticket = node.region().ticket(stage.entry(node));
                    // Who is served what is kept is done.
                    at = node.region().get(stage.entry(node)) == null ? at : 3;
                }
                case 1 -> {
                    found = open(node.region().store().get(stage.entry(node)));
                    at = found == null ? 3 : at;
                }
                default -> keep();
            }
        }

        private void keep() {
            long good = stage.slips(Slip.TICKETS_ARE_TAKEN_AFTER_THE_READ)
                    ? node.region().ticket(stage.entry(node))
                    : ticket;
            node.region().keep(stage.entry(node), found, 2, good);
        }

        @Override
        String state() {
            return isOver()
                    ? "-"
                    : at + " " + found + " " + (ticket == node.region().ticket(stage.entry(node)));
        }
    }

    /** As {@link Participant#putFromLoad}, with the answer of Redis a step of its own. */
    static final class Loader extends Steps {
        private Stamp stamp;
        private int version;
        private long ticket;

        Loader(NearNode node, Stage stage) {
            super(node, stage, 4);
        }

        @Override
        void step() {
            switch (at++) {
                case 0 -> {
                    stage.tellTime(node);
                    stamp = node.tier().now();
                }
                case 1 -> version = stage.version();
                case 2 -> {
                    ticket = node.region().ticket(stage.entry(node));
                    boolean stored = node.region()
                            .store()
                            .put(stage.entry(node), stamp, body(version), PutMode.LOAD)
                            .join()
                            .stored();
                    at = stored ? at : 4;
                }
                default -> node.region().keep(stage.entry(node), value(version), 2, ticket);
            }
        }

        @Override
        String state() {
            if (at == 0 || isOver()) {
                return at + "";
            }
            return at + " " + stamp.micros() + " " + version + " "
                    + (at == 3 && ticket == node.region().ticket(stage.entry(node)));
        }
    }

    /** As the query cache looks a result up. */
    static final class ResultReader extends Steps {
        private NearRegion.ResultTicket ticket;
        private @Nullable String found;

        ResultReader(NearNode node, Stage stage) {
            super(node, stage, 3);
        }

        @Override
        void step() {
            switch (at++) {
                case 0 -> {
                    boolean served = node.results().get(stage.result(node), stage.read()) != null;
                    ticket = now();
                    at = served ? 3 : at;
                }
                case 1 -> {
                    found = open(node.resultStore()
                            .get(stage.result(node), stage.read(), node.tier().now(), () -> {}));
                    at = found == null ? 3 : at;
                }
                default -> node.results().keep(stage.result(node), found, 2, good());
            }
        }

        private NearRegion.ResultTicket now() {
            return node.results().resultTicket(stage.result(node), stage.read());
        }

        private NearRegion.ResultTicket good() {
            return stage.slips(Slip.RESULTS_ARE_KEPT_BY_A_LATER_TICKET) ? now() : ticket;
        }

        @Override
        String state() {
            return isOver() ? "-" : at + " " + found + " " + (at > 0 && ticket.equals(now()));
        }
    }

    /** Runs the query in the database, and publishes the result. */
    static final class ResultLoader extends Steps {
        private Stamp stamp;
        private int version;

        ResultLoader(NearNode node, Stage stage) {
            super(node, stage, 3);
        }

        @Override
        void step() {
            switch (at++) {
                case 0 -> {
                    stage.tellTime(node);
                    stamp = node.tier().now();
                }
                case 1 -> version = stage.version();
                default ->
                    node.resultStore()
                            .put(stage.result(node), stage.read(), stamp, body(version))
                            .join();
            }
        }

        @Override
        String state() {
            return at == 0 || isOver() ? at + "" : at + " " + stamp.micros() + " " + version;
        }
    }
}
