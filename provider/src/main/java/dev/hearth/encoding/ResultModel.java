package dev.hearth.encoding;

import com.esotericsoftware.kryo.KryoException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.BasicType;
import org.jspecify.annotations.Nullable;

/** What certain tables are mapped to: which columns there are, and of which types. Immutable. */
final class ResultModel {
    private final String text;
    private final List<JdbcMapping> columns;
    private final Map<JdbcMapping, Integer> places = new IdentityHashMap<>();

    /** @param columns in an order that every node agrees on if the text is the same */
    ResultModel(String text, List<JdbcMapping> columns) {
        this.text = text;
        this.columns = new ArrayList<>(columns);
        for (int i = 0; i < columns.size(); i++) {
            places.putIfAbsent(columns.get(i), i);
        }
    }

    /** The place of a column of this very type, or -1. */
    int columnOf(BasicType<?> type) {
        Integer place = places.get(type);
        return place == null ? -1 : place;
    }

    /** The type of the column at a place. */
    BasicType<?> typeOf(int place) {
        @Nullable JdbcMapping mapping = place >= 0 && place < columns.size() ? columns.get(place) : null;
        if (mapping instanceof BasicType<?> type) {
            return type;
        }
        throw new KryoException("No column has the number " + place);
    }

    /** A text for the fingerprint. */
    String describe() {
        return text;
    }
}
