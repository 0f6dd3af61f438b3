package dev.hearth.encoding;

import com.esotericsoftware.kryo.KryoException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Short texts that came with a query's result, of no meaning here. Equal where the texts are, without decoding them.
 * Immutable.
 */
public final class ResultHints {
    private final byte[] coded;
    private final int limit;

    /** @param limit characters of all texts */
    ResultHints(byte[] coded, int limit) {
        this.coded = coded;
        this.limit = limit;
    }

    /** The texts, decoded anew; none where they are not sound, since nothing depends on them. */
    public List<String> texts() {
        WireInput in = new WireInput();
        in.restart(coded, 0, coded.length);
        try {
            return FrontCoding.read(in, limit);
        } catch (KryoException e) {
            return List.of();
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || other instanceof ResultHints hints && Arrays.equals(hints.coded, coded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(coded);
    }
}
