package dev.hearth.near;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.protocol.Sealed;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One actor of a walk, which takes its steps one by one when the schedule says so. */
abstract class NearActor {
    static final String FINGERPRINT = "12345678";

    /** The database, and where everything lies. */
    interface Stage {
        /** The committed version. */
        int version();

        /** Commits the next version, and frees the row. */
        void commit();

        boolean rowIsFree();

        void lockRow(NearActor by);

        EntryAddress entry(NearNode node);

        EntryAddress result(NearNode node);

        /** The tables that the result reads; none if it may read any. */
        List<String> read();

        String table();

        /** What sessions of this node begin with is Redis's time of this moment. */
        void tellTime(NearNode node);

        boolean slips(NearScene.Slip slip);
    }

    final NearNode node;
    final Stage stage;
    int at;

    NearActor(NearNode node, Stage stage) {
        this.node = node;
        this.stage = stage;
    }

    static NearActor of(NearScene.Kind kind, NearNode node, Stage stage) {
        return switch (kind) {
            case READER -> new NearReaders.Reader(node, stage);
            case LOADER -> new NearReaders.Loader(node, stage);
            case WRITER ->
                stage.slips(NearScene.Slip.THE_OWN_COPY_STAYS)
                        ? new NearWriters.ForgetfulWriter(node, stage)
                        : new NearWriters.Writer(node, stage);
            case BULK -> new NearWriters.Bulk(node, stage);
            case EVICTION -> new NearWriters.Eviction(node, stage, false);
            case REGION_EVICTION -> new NearWriters.Eviction(node, stage, true);
            case RESULT_READER, ANY_TABLE_READER -> new NearReaders.ResultReader(node, stage);
            case RESULT_LOADER -> new NearReaders.ResultLoader(node, stage);
            case WRITER_OF_BOTH -> new NearWriters.WriterOfBoth(node, stage);
            case TABLE_WRITER -> new NearWriters.TableWriter(node, stage);
        };
    }

    /** Whether a step is left, and need not wait. */
    abstract boolean mayStep();

    abstract void step();

    abstract boolean isOver();

    /** Everything that later steps depend on. */
    abstract String state();

    /** The transaction's name in Redis and the text of what it asks for, if there are any. */
    List<String> names() {
        return List.of();
    }

    static String value(int version) {
        return "v" + version;
    }

    static Sealed sealed(int version) {
        return new Sealed(value(version), body(version));
    }

    static byte[] body(int version) {
        return (FINGERPRINT + value(version)).getBytes(UTF_8);
    }

    static @Nullable String open(Found found) {
        if (!(found instanceof Found.Value value)) {
            return null;
        }
        int from = value.offset() + FINGERPRINT.length();
        return new String(value.bytes(), from, value.bytes().length - from, UTF_8);
    }
}
