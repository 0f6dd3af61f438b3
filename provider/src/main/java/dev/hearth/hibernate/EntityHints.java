package dev.hearth.hibernate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a result remembers of the entities that its rows led to, to find them by later: the name of an entity, texts of its
 * keys, perhaps another entity's name, and so on. For one thread.
 */
final class EntityHints {
    /* No key's text has such a character. A name of its own is shorter than a name in every hint, and most results lead to
     * entities of one kind. */
    private static final char NAMES_FOLLOWING = '\n';

    private static final int MOST = 5_000;

    private final List<String> texts = new ArrayList<>(0);
    private @Nullable String entity;

    void add(String name, String key) {
        if (texts.size() >= MOST) {
            return;
        }
        if (!name.equals(entity)) {
            texts.add(NAMES_FOLLOWING + name);
            entity = name;
        }
        texts.add(key);
    }

    List<String> texts() {
        return texts;
    }

    /** The entity whose keys follow, if the text names one; null for a key. */
    static @Nullable String entity(String text) {
        return !text.isEmpty() && text.charAt(0) == NAMES_FOLLOWING ? text.substring(1) : null;
    }
}
