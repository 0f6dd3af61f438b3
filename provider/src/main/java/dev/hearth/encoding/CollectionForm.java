package dev.hearth.encoding;

import com.esotericsoftware.kryo.KryoException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.cache.spi.entry.CollectionCacheEntry;
import org.hibernate.cache.spi.entry.StructuredCollectionCacheEntry;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.jspecify.annotations.Nullable;

/** Collections of one role: the number of values, then the disassembled elements, in pairs for maps and id-bags. */
final class CollectionForm implements EntryForm {
    private final SessionFactoryImplementor factory;
    private final CollectionPersister persister;
    private final List<Shape> slots = new ArrayList<>();
    private final String key;

    @SuppressWarnings("removal") // present in every Hibernate 7, with nothing to take their place in the first ones
    CollectionForm(SessionFactoryImplementor factory, CollectionPersister persister, ShapeReader shapes) {
        this.factory = factory;
        this.persister = persister;
        String role = persister.getRole();
        switch (persister.getCollectionSemantics().getCollectionClassification()) {
            case MAP, SORTED_MAP, ORDERED_MAP ->
                slots.add(shapes.disassembled(role + " key", persister.getIndexType()));
            case ID_BAG -> slots.add(shapes.disassembled(role + " identifier", persister.getIdentifierType()));
            default -> {}
        }
        slots.add(shapes.disassembled(role + " element", persister.getElementType()));
        key = shapes.disassembled(role + " owner", persister.getKeyType()).describe();
    }

    @Override
    public void write(ValueEngine engine, WireOutput out, Object value) {
        Object entry = value instanceof CollectionCacheEntry
                ? value
                : persister.getCacheEntryStructure().destructure(value, factory);
        Serializable[] state = ((CollectionCacheEntry) entry).getState();
        out.writeCount(state.length);
        for (int i = 0; i < state.length; i++) {
            EntryForm.write(engine, persister.getRole(), slots.get(i % slots.size()), state[i]);
        }
    }

    @Override
    public Object read(ValueEngine engine, WireInput in) {
        int count = in.readCount(1);
        if (count % slots.size() != 0) {
            throw new KryoException("Half a pair");
        }
        @Nullable Object[] state = new @Nullable Serializable[count];
        for (int i = 0; i < count; i++) {
            state[i] = EntryForm.read(engine, persister.getRole(), slots.get(i % slots.size()));
        }
        Object entry = StructuredCollectionCacheEntry.INSTANCE.destructure(Arrays.asList(state), factory);
        return persister.getCacheEntryStructure().structure(entry);
    }

    @Override
    public String describe() {
        return slots.stream()
                .map(Shape::describe)
                .collect(Collectors.joining(
                        "\n ",
                        "collection " + persister.getRole() + ' '
                                + persister.getCollectionSemantics().getCollectionClassification() + " of owner " + key
                                + "\n ",
                        "\n"));
    }
}
