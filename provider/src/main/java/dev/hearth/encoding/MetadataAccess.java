package dev.hearth.encoding;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.Set;
import org.hibernate.sql.results.jdbc.internal.CachedJdbcValuesMetadata;
import org.hibernate.type.BasicType;
import org.jspecify.annotations.Nullable;

/**
 * Takes Hibernate's column metadata apart and makes new ones.
 *
 * @param places null before Hibernate 7.4, which was the first to keep the columns' places in a row
 */
record MetadataAccess(
        PrivateField names, PrivateField types, @Nullable PrivateField places, MethodHandle constructor) {
    /** Null where the fields are other ones than those of Hibernate 7.0 to 7.4, or its module is closed to us. */
    static final @Nullable MetadataAccess OPENED = open();

    private static @Nullable MetadataAccess open() {
        try {
            Class<?> owner = CachedJdbcValuesMetadata.class;
            Set<String> fields = PrivateField.namesIn(owner);
            boolean withPlaces = fields.equals(Set.of("columnNames", "types", "valueIndexesToCacheIndexes"));
            if (!withPlaces && !fields.equals(Set.of("columnNames", "types"))) {
                return null;
            }
            MethodType signature = MethodType.methodType(void.class, String[].class, BasicType[].class);
            return new MetadataAccess(
                    PrivateField.of(owner, "columnNames", String[].class),
                    PrivateField.of(owner, "types", BasicType[].class),
                    withPlaces ? PrivateField.of(owner, "valueIndexesToCacheIndexes", int[].class) : null,
                    MethodHandles.publicLookup()
                            .findConstructor(
                                    owner, withPlaces ? signature.appendParameterTypes(int[].class) : signature));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    @Nullable
    String[] namesIn(CachedJdbcValuesMetadata metadata) {
        return (@Nullable String[]) Objects.requireNonNull(names.in(metadata));
    }

    @Nullable
    BasicType<?>[] typesIn(CachedJdbcValuesMetadata metadata) {
        return (@Nullable BasicType<?>[]) Objects.requireNonNull(types.in(metadata));
    }

    int @Nullable [] placesIn(CachedJdbcValuesMetadata metadata) {
        return places == null ? null : (int[]) places.in(metadata);
    }

    /** New metadata, or null if this version of Hibernate has none with, or none without, places. */
    @Nullable
    Object construct(
            @Nullable String[] columnNames, @Nullable BasicType<?>[] columnTypes, int @Nullable [] columnPlaces) {
        try {
            if ((places == null) != (columnPlaces == null)) {
                return null;
            }
            return columnPlaces == null
                    ? constructor.invoke(columnNames, columnTypes)
                    : constructor.invoke(columnNames, columnTypes, columnPlaces);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
