package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.encoding.SpecialMappingsModel.Circle;
import dev.hearth.encoding.SpecialMappingsModel.Constant;
import dev.hearth.encoding.SpecialMappingsModel.Peculiar;
import dev.hearth.encoding.SpecialMappingsModel.Special;
import dev.hearth.encoding.SpecialMappingsModel.Square;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.hibernate.bytecode.enhance.spi.DefaultEnhancementContext;
import org.hibernate.bytecode.enhance.spi.EnhancementContext;
import org.hibernate.bytecode.enhance.spi.Enhancer;
import org.hibernate.bytecode.enhance.spi.UnloadedField;
import org.hibernate.bytecode.internal.BytecodeProviderInitiator;
import org.hibernate.cache.spi.entry.CacheEntry;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;
import org.junit.jupiter.api.Test;

class SpecialMappingsTest {
    @Test
    void formattedUserDefinedAndPolymorphicAttributesAreTheSameFromTheCacheAsFromTheDatabase() {
        try (EncodingFixture fixture = EncodingFixture.with(
                Map.of(AvailableSettings.JSON_FORMAT_MAPPER, new FakeFormatMapper()),
                Special.class,
                SpecialMappingsModel.Shape.class,
                Circle.class,
                Square.class)) {
            Circle circle = new Circle();
            circle.colour = "blue";
            circle.radius = 7;
            fixture.inTransaction(session -> {
                session.persist(SpecialMappingsModel.special(1, circle));
                session.persist(SpecialMappingsModel.special(2, new SpecialMappingsModel.Shape()));
            });

            for (long id = 1; id <= 2; id++) {
                long wanted = id;
                var runs = fixture.fromDatabaseAndFromCache(session -> session.find(Special.class, wanted));

                assertThat(fixture.sessions.getStatistics().getPrepareStatementCount())
                        .isZero();
                assertThat(runs.fromCache()).usingRecursiveComparison().isEqualTo(runs.fromDatabase());
                assertThat(runs.fromCache().attributes).containsEntry("size", "3");
            }
        }
    }

    @Test
    void attributesMayBeCalledAsPartsOfHibernatesOwnFormAre() {
        try (EncodingFixture fixture = EncodingFixture.of(Peculiar.class)) {
            fixture.inTransaction(session -> {
                Peculiar peculiar = new Peculiar();
                peculiar._subclass = "one";
                peculiar._version = 17;
                peculiar.other = "more";
                session.persist(peculiar);
            });

            var runs = fixture.fromDatabaseAndFromCache(session -> session.find(Peculiar.class, 0L));

            assertThat(fixture.sessions.getStatistics().getPrepareStatementCount())
                    .isZero();
            assertThat(runs.fromCache()).usingRecursiveComparison().isEqualTo(runs.fromDatabase());
            assertThat(runs.fromCache()._version).isEqualTo(17);
        }
    }

    @Test
    void aLazyAttributeThatWasNotFetchedStaysLazyInTheCache() {
        Class<?> article = new EnhancingLoader().load(EnhancedArticle.class);
        try (EncodingFixture fixture = EncodingFixture.of(article)) {
            fixture.inTransaction(session -> {
                Object stored = instantiate(article);
                EntityPersister persister = fixture.persister(article);
                persister.setValue(stored, persister.getPropertyIndex("title"), "Title");
                persister.setValue(stored, persister.getPropertyIndex("text"), "Text");
                session.persist(stored);
            });

            var runs = fixture.fromDatabaseAndFromCache(session -> {
                Object found = session.find(article, 0L);
                boolean fetched = Hibernate.isPropertyInitialized(found, "text");
                EntityPersister persister = fixture.persister(article);
                return fetched + " " + persister.getValue(found, persister.getPropertyIndex("title"));
            });

            assertThat(fixture.persister(article).getPropertyLaziness()).contains(true);
            assertThat(fixture.sessions.getStatistics().getPrepareStatementCount())
                    .isZero();
            assertThat(runs.fromCache()).isEqualTo(runs.fromDatabase()).isEqualTo("false Title");
        }
    }

    @Test
    void aReferenceEntryIsToldApartSoThatItStaysOnTheHeap() {
        try (EncodingFixture fixture = EncodingFixture.with(
                Map.of(AvailableSettings.USE_DIRECT_REFERENCE_CACHE_ENTRIES, true), Constant.class)) {
            EntityPersister persister = fixture.persister(Constant.class);
            Constant constant = new Constant();
            CacheEntry entry = fixture.fromTransaction(session -> persister.buildCacheEntry(
                    constant, new Object[] {"text"}, null, (SharedSessionContractImplementor) session));

            assertThat(persister.canUseReferenceCacheEntries()).isTrue();
            assertThat(EntryCodec.isReference(entry)).isTrue();
            assertThat(EntryCodec.isReference(1L)).isFalse();
        }
    }

    private static Object instantiate(Class<?> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Loads a class of this test anew, with Hibernate's enhancements. */
    private static final class EnhancingLoader extends ClassLoader {
        private final Enhancer enhancer;

        private EnhancingLoader() {
            super(EnhancingLoader.class.getClassLoader());
            EnhancementContext context = new DefaultEnhancementContext() {
                @Override
                public boolean hasLazyLoadableAttributes(org.hibernate.bytecode.enhance.spi.UnloadedClass type) {
                    return true;
                }

                @Override
                public boolean isLazyLoadable(UnloadedField field) {
                    return true;
                }
            };
            enhancer = BytecodeProviderInitiator.buildDefaultBytecodeProvider().getEnhancer(context);
        }

        private Class<?> load(Class<?> original) {
            String name = original.getName();
            try (var in = original.getResourceAsStream('/' + name.replace('.', '/') + ".class")) {
                byte[] enhanced = enhancer.enhance(name, in.readAllBytes());
                return defineClass(name, enhanced, 0, enhanced.length);
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Writes maps of strings as one JSON string; stands in for a JSON library. */
    public static final class FakeFormatMapper implements FormatMapper {
        @Override
        @SuppressWarnings("unchecked")
        public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
            return (T) Stream.of(text.toString().replace("\"", "").split(";"))
                    .map(entry -> entry.split(":"))
                    .collect(Collectors.toMap(entry -> entry[0], entry -> (Object) entry[1]));
        }

        @Override
        public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
            return ((Map<?, ?>) value)
                    .entrySet().stream()
                            .map(entry -> entry.getKey() + ":" + entry.getValue())
                            .collect(Collectors.joining(";", "\"", "\""));
        }
    }
}
