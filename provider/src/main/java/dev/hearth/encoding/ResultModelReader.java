package dev.hearth.encoding;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.BasicPluralType;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the mapping what queries over certain tables may return, and admits the classes that takes. A type that cannot
 * be encoded is no error here: only results that hold such a value cannot be cached. Used by one thread, once.
 */
final class ResultModelReader {
    private final SessionFactoryImplementor factory;
    private final ModelClasses classes;
    private final StringBuilder text = new StringBuilder();
    private final List<JdbcMapping> columns = new ArrayList<>();

    ResultModelReader(SessionFactoryImplementor factory, ModelClasses classes) {
        this.factory = factory;
        this.classes = classes;
    }

    /** The model of what lies in the tables; of everything, if there are none or some that are not mapped. */
    ResultModel read(Collection<String> tables) {
        List<EntityPersister> entities = entities();
        List<CollectionPersister> collections = collections();
        if (!tables.isEmpty()) {
            Set<String> known = new HashSet<>();
            entities.forEach(entity -> known.addAll(tablesOf(entity)));
            collections.forEach(collection -> known.addAll(tablesOf(collection)));
            if (known.containsAll(tables)) {
                Set<String> wanted = Set.copyOf(tables);
                entities.removeIf(entity -> tablesOf(entity).stream().noneMatch(wanted::contains));
                collections.removeIf(collection -> tablesOf(collection).stream().noneMatch(wanted::contains));
            }
        }
        entities.forEach(this::entity);
        collections.forEach(this::collection);
        return new ResultModel(text.toString(), columns);
    }

    private List<EntityPersister> entities() {
        List<EntityPersister> entities = new ArrayList<>();
        factory.getMappingMetamodel().forEachEntityDescriptor(entities::add);
        entities.sort(Comparator.comparing(EntityPersister::getEntityName));
        return entities;
    }

    private List<CollectionPersister> collections() {
        List<CollectionPersister> collections = new ArrayList<>();
        factory.getMappingMetamodel().forEachCollectionDescriptor(collections::add);
        collections.sort(Comparator.comparing(CollectionPersister::getRole));
        return collections;
    }

    private static Set<String> tablesOf(EntityPersister entity) {
        Set<String> tables = new HashSet<>(Arrays.asList(entity.getSynchronizedQuerySpaces()));
        Arrays.asList(entity.getQuerySpaces()).forEach(space -> tables.add((String) space));
        return tables;
    }

    private static Set<String> tablesOf(CollectionPersister collection) {
        return Set.of(collection.getCollectionSpaces());
    }

    /* How much of an entity a cached row holds depends on its layout in the query cache, so that is part of the text. */
    private void entity(EntityPersister entity) {
        String name = entity.getEntityName();
        text.append("entity ")
                .append(name)
                .append(" of ")
                .append(entity.getRootEntityName())
                .append(' ')
                .append(new TreeSet<>(entity.getSubclassEntityNames()))
                .append(entity.useShallowQueryCacheLayout() ? " shallow" : " full")
                .append(entity.storeDiscriminatorInShallowQueryCacheLayout() ? " with discriminator\n" : "\n");
        part(name + ".{id}", entity.getIdentifierMapping());
        part(name + ".{discriminator}", entity.getDiscriminatorMapping());
        part(name + ".{version}", entity.getVersionMapping());
        entity.forEachAttributeMapping(attribute -> part(name + '.' + attribute.getAttributeName(), attribute));
    }

    private void collection(CollectionPersister collection) {
        String role = collection.getRole();
        PluralAttributeMapping mapping = collection.getAttributeMapping();
        text.append("collection ")
                .append(role)
                .append(' ')
                .append(mapping.getMappedType().getCollectionSemantics().getCollectionClassification())
                .append(collection.useShallowQueryCacheLayout() ? " shallow\n" : " full\n");
        part(role + ".{key}", mapping.getKeyDescriptor().getKeyPart());
        part(role + ".{index}", mapping.getIndexDescriptor());
        part(role + ".{identifier}", mapping.getIdentifierDescriptor());
        part(role + ".{element}", mapping.getElementDescriptor());
    }

    private void part(String path, @Nullable ModelPart part) {
        if (part instanceof EmbeddableValuedModelPart embedded) {
            embeddable(path, embedded.getEmbeddableTypeDescriptor());
        } else if (part != null && !(part instanceof PluralAttributeMapping)) {
            part.forEachSelectable((index, column) -> column(path + '#' + index, column));
        }
    }

    private void embeddable(String path, EmbeddableMappingType embeddable) {
        text.append("component ")
                .append(path)
                .append(' ')
                .append(embeddable.getMappedJavaType().getJavaTypeClass().getName())
                .append('\n');
        embeddable.forEachAttributeMapping(attribute -> part(path + '.' + attribute.getAttributeName(), attribute));
        part(path + ".{discriminator}", embeddable.getDiscriminatorMapping());
        if (embeddable.getAggregateMapping() != null) {
            column(path + ".{aggregate}", embeddable.getAggregateMapping());
        }
    }

    private void column(String path, SelectableMapping column) {
        JdbcMapping type = column.getJdbcMapping();
        text.append(' ')
                .append(path)
                .append(' ')
                .append(table(column))
                .append('.')
                .append(column.getSelectionExpression())
                .append(' ')
                .append(TypeText.of(type))
                .append('\n');
        columns.add(type);
        admit(type.getJavaTypeDescriptor().getJavaType());
        admit(type.getJdbcJavaType().getJavaType());
        if (type instanceof BasicPluralType<?, ?> plural) {
            admit(plural.getElementType().getJavaTypeDescriptor().getJavaType());
        }
    }

    /* Where each class has a table of its own, the superclass's is a subquery over all of them, in which the columns are in
     * another order on a node that has created the schema than on one that has not. The tables in it have their own lines. */
    private static String table(SelectableMapping column) {
        String table = column.getContainingTableExpression();
        return table.startsWith("(") ? "" : table;
    }

    @SuppressWarnings("CheckReturnValue") // whatever is refused is refused again when a value is written
    private void admit(Type type) {
        classes.admit(type);
    }
}
