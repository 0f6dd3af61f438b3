package dev.hearth.encoding;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;

/** A session factory on an in-memory database whose cache is nothing but encoded bytes. */
final class EncodingFixture implements AutoCloseable {
    final FakeEncodedRegionFactory cache = new FakeEncodedRegionFactory();
    final SessionFactoryImplementor sessions;
    private final StandardServiceRegistry registry;

    private EncodingFixture(Map<String, ?> settings, List<String> allowedTypes, List<Class<?>> entities) {
        ClassLoader loader = entities.get(0).getClassLoader();
        registry = new StandardServiceRegistryBuilder(new BootstrapServiceRegistryBuilder()
                        .applyClassLoader(loader)
                        .build())
                .applySetting(
                        AvailableSettings.JAKARTA_JDBC_URL, "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
                .applySetting(AvailableSettings.GLOBALLY_QUOTED_IDENTIFIERS, true)
                .applySetting(AvailableSettings.HBM2DDL_AUTO, "create-drop")
                .applySetting(AvailableSettings.WRAPPER_ARRAY_HANDLING, "allow")
                .applySetting(AvailableSettings.GENERATE_STATISTICS, true)
                .applySetting(AvailableSettings.USE_SECOND_LEVEL_CACHE, true)
                .applySetting(AvailableSettings.CACHE_REGION_FACTORY, cache)
                .applySettings(Map.copyOf(settings))
                .build();
        try {
            MetadataSources sources = new MetadataSources(registry);
            entities.forEach(sources::addAnnotatedClass);
            sessions = (SessionFactoryImplementor)
                    sources.buildMetadata().getSessionFactoryBuilder().build();
            cache.start(sessions, new EntryCodecs(sessions, allowedTypes));
        } catch (RuntimeException e) {
            StandardServiceRegistryBuilder.destroy(registry);
            throw e;
        }
    }

    static EncodingFixture of(Class<?>... entities) {
        return new EncodingFixture(Map.of(), List.of(), List.of(entities));
    }

    static EncodingFixture with(Map<String, ?> settings, Class<?>... entities) {
        return new EncodingFixture(settings, List.of(), List.of(entities));
    }

    static EncodingFixture allowing(List<String> allowedTypes, Class<?>... entities) {
        return new EncodingFixture(Map.of(), allowedTypes, List.of(entities));
    }

    EntityPersister persister(Class<?> entity) {
        return sessions.getMappingMetamodel().getEntityDescriptor(entity);
    }

    EntryCodec entityCodec(Class<?> entity) {
        return cache.codec(entity.getName());
    }

    void inTransaction(Consumer<Session> work) {
        fromTransaction(session -> {
            work.accept(session);
            return null;
        });
    }

    <T> T fromTransaction(Function<Session, T> work) {
        return sessions.fromTransaction(work);
    }

    /** Runs the work with an empty cache, and then again with what the first run left there; both without first-level cache. */
    <T> Runs<T> fromDatabaseAndFromCache(Function<Session, T> work) {
        sessions.getCache().evictAllRegions();
        T database = fromTransaction(work);
        sessions.getStatistics().clear();
        return new Runs<>(database, fromTransaction(work));
    }

    /** What both runs saw. */
    record Runs<T>(T fromDatabase, T fromCache) {}

    @Override
    public void close() {
        sessions.close();
        StandardServiceRegistryBuilder.destroy(registry);
    }
}
