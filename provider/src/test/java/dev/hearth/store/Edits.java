package dev.hearth.store;

import java.util.List;
import java.util.function.UnaryOperator;

/** Knocks a rule out of the scripts' texts, for {@link Script#load}, and insists that each edit is made. */
public final class Edits implements UnaryOperator<String> {
    public record Edit(String from, String to) {}

    private final Enum<?> rule;
    private final List<Edit> edits;
    private final boolean[] made;

    public Edits(Enum<?> rule, List<Edit> edits) {
        this.rule = rule;
        this.edits = edits;
        this.made = new boolean[edits.size()];
    }

    @Override
    public String apply(String text) {
        String changed = text;
        for (int i = 0; i < made.length; i++) {
            Edit edit = edits.get(i);
            made[i] |= changed.contains(edit.from);
            changed = changed.replace(edit.from, edit.to);
        }
        return changed;
    }

    /** Fails where the scripts have changed so that an edit applies no more. */
    public void check() {
        for (int i = 0; i < made.length; i++) {
            if (!made[i]) {
                throw new IllegalStateException(rule + " no longer finds " + edits.get(i).from);
            }
        }
    }
}
