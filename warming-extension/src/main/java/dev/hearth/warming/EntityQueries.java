package dev.hearth.warming;

import jakarta.persistence.PersistenceUnitUtil;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.SingularAttributeMapping;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** The queries by which the entities of a target are found and read. */
final class EntityQueries {
    /* Compared and ordered by the database alone, and restored from their text without loss. */
    private static final Set<Class<?>> ORDERED = Set.of(
            Long.class,
            Integer.class,
            Short.class,
            Byte.class,
            BigInteger.class,
            BigDecimal.class,
            String.class,
            UUID.class);

    /* Some databases take about 2,000 in a statement. */
    private static final int MOST_PARAMETERS = 500;

    private static final String LAST = "hearthLast";
    private static final String UP_TO = "hearthUpTo";
    private static final String IDS = "hearthIds";

    /**
     * A collection that is warmed along.
     *
     * @param owner name of the entity that declares it, or of the target's if that inherits it
     * @param keyedById whether its cache key is the owner's id
     */
    record Along(String role, String attribute, String owner, boolean keyedById) {}

    private final WarmTarget.Entities target;
    private final String entity;
    private final Class<?> idClass;
    private final List<Along> collections;
    private final List<String> naturalId;
    private final PersistenceUnitUtil util;

    /** @throws IllegalArgumentException if the entity or a collection is not mapped, or not cached */
    EntityQueries(SessionFactoryImplementor factory, WarmTarget.Entities target) {
        this.target = target;
        this.entity = factory.getJpaMetamodel().entity(target.entity()).getName();
        EntityPersister persister = factory.getMappingMetamodel().getEntityDescriptor(target.entity());
        if (!persister.canReadFromCache() && !persister.canWriteToCache()) {
            throw new IllegalArgumentException(entity + " cannot be warmed: it is not cached");
        }
        this.idClass = persister.getIdentifierType().getReturnedClass();
        this.util = factory.getPersistenceUnitUtil();
        this.naturalId = persister.hasNaturalIdCache()
                ? persister.getNaturalIdMapping().getNaturalIdAttributes().stream()
                        .map(SingularAttributeMapping::getAttributeName)
                        .toList()
                : List.of();
        this.collections = target.collections().stream()
                .map(name -> along(factory, persister, name))
                .toList();
    }

    private Along along(SessionFactoryImplementor factory, EntityPersister persister, String name) {
        List<CollectionPersister> declared = new ArrayList<>();
        factory.getMappingMetamodel().forEachCollectionDescriptor(collection -> {
            EntityPersister owner = collection.getOwnerEntityPersister();
            if (owner.getRootEntityName().equals(persister.getRootEntityName())
                    && collection.getRole().equals(owner.getEntityName() + "." + name)) {
                declared.add(collection);
            }
        });
        CollectionPersister collection = declared.stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(entity + " has no collection '" + name + "'"
                        + (declaredNames(factory, persister).isEmpty()
                                ? ""
                                : "; it has " + declaredNames(factory, persister))));
        if (!collection.hasCache()) {
            throw new IllegalArgumentException("The collection '" + name + "' of " + entity + " is not cached");
        }
        EntityPersister owner = collection.getOwnerEntityPersister();
        return new Along(
                collection.getRole(),
                name,
                persister.isSubclassEntityName(owner.getEntityName())
                        ? factory.getJpaMetamodel()
                                .entity(owner.getMappedClass())
                                .getName()
                        : entity,
                collection
                        .getAttributeMapping()
                        .getKeyDescriptor()
                        .getTargetPart()
                        .isEntityIdentifierMapping());
    }

    private static List<String> declaredNames(SessionFactoryImplementor factory, EntityPersister persister) {
        List<String> names = new ArrayList<>();
        factory.getMappingMetamodel().forEachCollectionDescriptor(collection -> {
            EntityPersister owner = collection.getOwnerEntityPersister();
            if (owner.getRootEntityName().equals(persister.getRootEntityName())) {
                names.add(collection.getRole().substring(owner.getEntityName().length() + 1));
            }
        });
        return names;
    }

    WarmTarget.Entities target() {
        return target;
    }

    List<Along> collections() {
        return collections;
    }

    String entity() {
        return entity;
    }

    Class<?> idClass() {
        return idClass;
    }

    /** Whether the order is that of the ids, and where a page ends can be written down. */
    boolean goesOnFromIds() {
        return target.order().isEmpty() && ORDERED.contains(idClass);
    }

    long count(StatelessSession session) {
        return restricted(query(session, "select count(*) from " + entity + " e" + where(restriction()), Long.class))
                .getSingleResult();
    }

    /** The next ids in their own order. */
    List<Object> ids(StatelessSession session, @Nullable Object last, int rows) {
        SelectionQuery<Object> query = restricted(query(
                session,
                "select id(e) from " + entity + " e" + where(restriction(), last == null ? "" : "id(e) > :" + LAST)
                        + " order by id(e)",
                Object.class));
        if (last != null) {
            query.setParameter(LAST, last);
        }
        return query.setMaxResults(rows).getResultList();
    }

    /** Reads the next entities in the order of their ids; answers these. */
    List<Object> readAfter(StatelessSession session, @Nullable Object last, int rows) {
        SelectionQuery<Object> query = restricted(query(
                session,
                "select e from " + entity + " e" + where(restriction(), last == null ? "" : "id(e) > :" + LAST)
                        + " order by id(e)",
                Object.class));
        if (last != null) {
            query.setParameter(LAST, last);
        }
        return query.setMaxResults(rows).setReadOnly(true).getResultList().stream()
                .map(util::getIdentifier)
                .toList();
    }

    /** All ids, in the target's order. */
    SelectionQuery<Object> idsInOrder(StatelessSession session) {
        String order = Stream.concat(target.order().stream().map(path -> "e." + path), Stream.of("id(e)"))
                .collect(Collectors.joining(", ", " order by ", ""));
        SelectionQuery<Object> query = restricted(
                query(session, "select id(e) from " + entity + " e" + where(restriction()) + order, Object.class));
        return target.limit() > 0 ? query.setMaxResults((int) Math.min(Integer.MAX_VALUE, target.limit())) : query;
    }

    /** Reads the entities from behind one id up to another; answers how many. */
    int readRange(StatelessSession session, @Nullable Object last, Object upTo) {
        SelectionQuery<Object> query = restricted(query(
                session,
                "select e from " + entity + " e"
                        + where(restriction(), last == null ? "" : "id(e) > :" + LAST, "id(e) <= :" + UP_TO),
                Object.class));
        if (last != null) {
            query.setParameter(LAST, last);
        }
        return read(query.setParameter(UP_TO, upTo));
    }

    int read(StatelessSession session, Collection<?> ids) {
        List<?> all = List.copyOf(ids);
        int rows = 0;
        for (int from = 0; from < all.size(); from += MOST_PARAMETERS) {
            rows += read(query(session, "select e from " + entity + " e where id(e) in (:" + IDS + ")", Object.class)
                    .setParameterList(IDS, all.subList(from, Math.min(all.size(), from + MOST_PARAMETERS))));
        }
        return rows;
    }

    /**
     * The natural ids of these that exist and have one: each a value, or several in an array. None where they are not cached.
     */
    Map<Object, Object> naturalIds(StatelessSession session, List<Object> ids) {
        Map<Object, Object> found = new LinkedHashMap<>();
        for (int from = 0; from < ids.size() && !naturalId.isEmpty(); from += MOST_PARAMETERS) {
            query(
                            session,
                            "select id(e), e." + String.join(", e.", naturalId) + " from " + entity
                                    + " e where id(e) in (:" + IDS + ")",
                            Object[].class)
                    .setParameterList(IDS, ids.subList(from, Math.min(ids.size(), from + MOST_PARAMETERS)))
                    .getResultList()
                    .forEach(row -> {
                        Object value = row.length == 2 ? row[1] : Arrays.copyOfRange(row, 1, row.length);
                        if (value != null) {
                            found.put(row[0], value);
                        }
                    });
        }
        return found;
    }

    /** Reads a collection of each of these, and with it the entities themselves. */
    int read(StatelessSession session, Along along, Collection<?> ids) {
        return read(query(
                        session,
                        "select e from " + along.owner + " e left join fetch e." + along.attribute
                                + " where id(e) in (:" + IDS + ")",
                        Object.class)
                .setParameterList(IDS, ids));
    }

    /* What is only read need not be copied for later comparison. */
    private static int read(SelectionQuery<Object> query) {
        return query.setReadOnly(true).getResultList().size();
    }

    private String restriction() {
        return target.restriction() == null ? "" : "(" + target.restriction() + ")";
    }

    private static String where(String... conditions) {
        String all =
                Stream.of(conditions).filter(condition -> !condition.isEmpty()).collect(Collectors.joining(" and "));
        return all.isEmpty() ? "" : " where " + all;
    }

    private <T> SelectionQuery<T> restricted(SelectionQuery<T> query) {
        if (target.restriction() != null) {
            target.parameters().forEach(query::setParameter);
        }
        return query;
    }

    private <T> SelectionQuery<T> query(StatelessSession session, String hql, Class<T> answer) {
        try {
            return session.createSelectionQuery(hql, answer);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(entity + " cannot be warmed: " + e.getMessage(), e);
        }
    }
}
