package dev.hearth.encoding;

import com.esotericsoftware.kryo.KryoException;
import org.hibernate.sql.results.jdbc.internal.CachedJdbcValuesMetadata;
import org.hibernate.type.BasicType;
import org.jspecify.annotations.Nullable;

/** The names and types of a native query's columns, which Hibernate keeps in front of the rows. */
final class ResultMetadata {
    private final ColumnTypes types;

    ResultMetadata(ColumnTypes types) {
        this.types = types;
    }

    /** Throws {@link NotEncodable} if one of the types would not be found again by a node of the same mapping. */
    void write(WireOutput out, CachedJdbcValuesMetadata metadata) {
        MetadataAccess access = access();
        @Nullable String[] names = access.namesIn(metadata);
        @Nullable BasicType<?>[] columnTypes = access.typesIn(metadata);
        int @Nullable [] places = access.placesIn(metadata);
        if (names.length != columnTypes.length) {
            throw new NotEncodable("a result has " + names.length + " columns of " + columnTypes.length + " types");
        }
        out.writeCount(names.length);
        for (int i = 0; i < names.length; i++) {
            out.writeBoolean(names[i] != null);
            if (names[i] != null) {
                out.writeText(names[i]);
            }
            types.write(out, columnTypes[i]);
        }
        out.writeBoolean(places != null);
        if (places != null) {
            out.writeCount(places.length);
            for (int place : places) {
                out.writeSigned(place);
            }
        }
    }

    Columns read(WireInput in) {
        int count = in.readCount(2);
        @Nullable String[] names = new @Nullable String[count];
        @Nullable BasicType<?>[] columnTypes = new BasicType<?>[count];
        for (int i = 0; i < count; i++) {
            names[i] = in.readBoolean() ? in.readText() : null;
            columnTypes[i] = types.read(in);
        }
        return new Columns(names, columnTypes, in.readBoolean() ? readPlaces(in) : null);
    }

    private static int[] readPlaces(WireInput in) {
        int[] places = new int[in.readCount(1)];
        for (int i = 0; i < places.length; i++) {
            places[i] = in.readSigned();
        }
        return places;
    }

    private static MetadataAccess access() {
        if (MetadataAccess.OPENED == null) {
            throw new NotEncodable("the column metadata of this version of Hibernate cannot be read");
        }
        return MetadataAccess.OPENED;
    }

    /** @param places where each of the query's columns is in a row, -1 for nowhere; null before Hibernate 7.4 */
    @SuppressWarnings("ArrayRecordComponent") // only carried from here to there
    record Columns(@Nullable String[] names, @Nullable BasicType<?>[] types, int @Nullable [] places) {
        /** Whether rows of a width, if there are any, have all the columns that Hibernate will look for. */
        boolean fit(int width) {
            if (places != null) {
                for (int place : places) {
                    if (place < -1 || (width != ResultRows.UNKNOWN && place >= width)) {
                        return false;
                    }
                }
            }
            return true;
        }

        Object restored() {
            Object metadata = access().construct(names, types, places);
            if (metadata == null) {
                throw new KryoException("Metadata of another version of Hibernate");
            }
            return metadata;
        }
    }
}
