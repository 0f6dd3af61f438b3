package dev.hearth.encoding;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.type.Type;

/** A session factory that knows its mapping but no database. */
final class KeyFactoryFixture implements AutoCloseable {
    final SessionFactoryImplementor factory;

    KeyFactoryFixture(Collection<Class<?>> entities) {
        this(entities, Map.of());
    }

    KeyFactoryFixture(Collection<Class<?>> entities, Map<String, Object> settings) {
        var registry = new StandardServiceRegistryBuilder()
                .applySetting("hibernate.boot.allow_jdbc_metadata_access", false)
                .applySetting("jakarta.persistence.database-product-name", "PostgreSQL")
                .applySetting("jakarta.persistence.database-major-version", 16)
                .applySettings(settings)
                .build();
        MetadataSources sources = new MetadataSources(registry);
        entities.forEach(sources::addAnnotatedClass);
        factory = sources.buildMetadata().buildSessionFactory().unwrap(SessionFactoryImplementor.class);
    }

    static KeyFactoryFixture of(Class<?>... entities) {
        return new KeyFactoryFixture(List.of(entities));
    }

    SessionFactory sessions() {
        return factory;
    }

    /** The encoder of an entity in the region of its own name. */
    KeyEncoder entity(Class<?> entity) {
        return entity(entity, root(entity));
    }

    KeyEncoder entity(Class<?> entity, String region) {
        return KeyEncoder.forEntity(factory.getMappingMetamodel().getEntityDescriptor(entity), region);
    }

    KeyEncoder naturalId(Class<?> entity) {
        return naturalId(entity, root(entity) + "##NaturalId");
    }

    KeyEncoder naturalId(Class<?> entity, String region) {
        return KeyEncoder.forNaturalId(factory.getMappingMetamodel().getEntityDescriptor(entity), region);
    }

    KeyEncoder collection(Class<?> owner, String attribute) {
        String role = owner.getName() + "." + attribute;
        return collection(owner, attribute, role);
    }

    KeyEncoder collection(Class<?> owner, String attribute, String region) {
        String role = owner.getName() + "." + attribute;
        return KeyEncoder.forCollection(factory.getMappingMetamodel().getCollectionDescriptor(role), region);
    }

    Type idType(Class<?> entity) {
        return factory.getMappingMetamodel().getEntityDescriptor(entity).getIdentifierType();
    }

    String root(Class<?> entity) {
        return factory.getMappingMetamodel().getEntityDescriptor(entity).getRootEntityName();
    }

    @Override
    public void close() {
        factory.close();
    }

    static Object[] values(Object... values) {
        return Arrays.copyOf(values, values.length, Object[].class);
    }
}
