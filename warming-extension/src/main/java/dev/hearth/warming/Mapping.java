package dev.hearth.warming;

import dev.hearth.config.SettingTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.hibernate.boot.registry.classloading.spi.ClassLoaderService;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.query.Query;
import org.hibernate.query.named.NamedObjectRepository;
import org.hibernate.query.named.NamedQueryMemento;
import org.jspecify.annotations.Nullable;

/** What a session factory's mapping says, as far as warming asks. */
final class Mapping {
    private final SessionFactoryImplementor factory;
    private final Map<String, EntityPersister> entities = new TreeMap<>();
    private final Map<String, NamedQueryMemento<?>> queries = new TreeMap<>();

    Mapping(SessionFactoryImplementor factory) {
        this.factory = factory;
        factory.getMappingMetamodel().forEachEntityDescriptor(entity -> {
            if (entity.getMappedClass() != null && entity.getMappedClass() != Map.class) {
                entities.put(entity.getMappedClass().getName(), entity);
            }
        });
        NamedObjectRepository named = factory.getQueryEngine().getNamedObjectRepository();
        named.visitSqmQueryMementos(query -> queries.put(query.getRegistrationName(), query));
        named.visitNativeQueryMementos(query -> queries.put(query.getRegistrationName(), query));
    }

    // Entities

    List<Class<?>> entityClasses() {
        List<Class<?>> classes = new ArrayList<>();
        entities.values().forEach(entity -> classes.add(entity.getMappedClass()));
        return classes;
    }

    /** The class of the entity of this name, with or without its package; null if there is none. */
    @Nullable
    Class<?> entityClass(String name) {
        for (EntityPersister entity : entities.values()) {
            Class<?> type = entity.getMappedClass();
            if (type.getName().equals(name) || type.getSimpleName().equals(name)) {
                return type;
            }
        }
        return null;
    }

    @Nullable
    EntityPersister entity(Class<?> type) {
        return entities.get(type.getName());
    }

    /** The entity and its subclasses. */
    List<EntityPersister> hierarchy(Class<?> type) {
        return entities.values().stream()
                .filter(entity -> type.isAssignableFrom(entity.getMappedClass()))
                .toList();
    }

    /** Says which entity may have been meant. */
    String nearestEntity(String name) {
        boolean simple = name.indexOf('.') < 0;
        Set<String> names = new LinkedHashSet<>();
        entityClasses().forEach(type -> names.add(simple ? type.getSimpleName() : type.getName()));
        return nearest(name, names, "there are no entities");
    }

    /** The names of the entity's attributes, its id's included. */
    static List<String> attributes(EntityPersister entity) {
        List<String> names = new ArrayList<>(List.of(entity.getPropertyNames()));
        if (entity.getIdentifierPropertyName() != null) {
            names.add(entity.getIdentifierPropertyName());
        }
        return names;
    }

    /** The cached collections of the entity and its subclasses. */
    List<String> cachedCollections(Class<?> type) {
        Set<String> names = new LinkedHashSet<>();
        hierarchy(type)
                .forEach(entity -> entity.forEachAttributeMapping(attribute -> {
                    if (attribute instanceof PluralAttributeMapping plural
                            && plural.getCollectionDescriptor().hasCache()) {
                        names.add(plural.getAttributeName());
                    }
                }));
        return List.copyOf(names);
    }

    // Queries

    Set<String> queryNames() {
        return queries.keySet();
    }

    /** The region of the query's results; null if there is no such query, or it is not cacheable. */
    @Nullable
    String queryRegion(String query) {
        NamedQueryMemento<?> found = queries.get(query);
        if (found == null || !Boolean.TRUE.equals(found.getCacheable())) {
            return null;
        }
        return Objects.requireNonNullElse(
                found.getCacheRegion(), RegionFactory.DEFAULT_QUERY_RESULTS_REGION_UNQUALIFIED_NAME);
    }

    /**
     * The Java types of the query's parameters; {@code Object} where they are not known.
     *
     * @throws RuntimeException if it is no legal HQL; the message says why
     */
    Map<String, Class<?>> parametersOf(String hql) {
        return factory.fromStatelessSession(session -> types(session.createQuery(hql, Object.class)));
    }

    Map<String, Class<?>> parametersOfNamed(String query) {
        return factory.fromStatelessSession(session -> types(session.createNamedQuery(query, Object.class)));
    }

    private static Map<String, Class<?>> types(Query<?> query) {
        Map<String, Class<?>> types = new HashMap<>();
        query.getParameters().forEach(parameter -> {
            String name = parameter.getName() != null ? parameter.getName() : String.valueOf(parameter.getPosition());
            types.put(name, parameter.getParameterType() == null ? Object.class : parameter.getParameterType());
        });
        return types;
    }

    /** The value as the parameter's type wants it, if it is text; or as it is. */
    Object convert(Object value, Class<?> type) {
        if (!(value instanceof String text) || type.isAssignableFrom(String.class)) {
            return value;
        }
        Object converted = factory.getTypeConfiguration()
                .getJavaTypeRegistry()
                .resolveDescriptor(type)
                .fromString(text);
        return converted == null ? value : converted;
    }

    Class<?> classForName(String name) {
        return factory.getServiceRegistry()
                .requireService(ClassLoaderService.class)
                .classForName(name);
    }

    // Comparing

    /** Everything about the target that decides what is loaded, and into which form. */
    String describe(WarmTarget target) {
        StringBuilder text = new StringBuilder();
        if (target instanceof WarmTarget.Entities wanted) {
            text.append(wanted.restriction()).append(new TreeMap<>(wanted.parameters()));
            text.append(wanted.order()).append(wanted.limit()).append(wanted.naturalIds());
            wanted.collections().stream().sorted().forEach(text::append);
            hierarchy(wanted.entity()).stream()
                    .sorted(Comparator.comparing(EntityPersister::getEntityName))
                    .forEach(entity -> describe(entity, text));
        } else if (target instanceof WarmTarget.Results wanted) {
            text.append(wanted.query());
            wanted.parameters().forEach(set -> text.append(new TreeMap<>(set)));
            text.append(factory.<String>fromStatelessSession(session ->
                    session.createNamedQuery(wanted.query(), Object.class).getQueryString()));
        }
        return text.toString();
    }

    /** Everything about the mapping that decides into which form entities are loaded. */
    String describeAll() {
        StringBuilder text = new StringBuilder();
        entities.values().forEach(entity -> describe(entity, text));
        return text.toString();
    }

    /** The cacheable named queries that need no parameters. */
    List<String> queriesWithoutParameters() {
        return queries.keySet().stream()
                .filter(query ->
                        queryRegion(query) != null && parametersOfNamed(query).isEmpty())
                .toList();
    }

    private static void describe(EntityPersister entity, StringBuilder text) {
        text.append(entity.getEntityName());
        for (int i = 0; i < entity.getPropertyNames().length; i++) {
            text.append(' ').append(entity.getPropertyNames()[i]);
            text.append(' ').append(entity.getPropertyTypes()[i].getName());
        }
    }

    static String nearest(String given, Collection<String> names, String none) {
        return SettingTypes.nearest(given, names)
                .map(name -> "the nearest is '" + name + "'")
                .orElse(none);
    }
}
