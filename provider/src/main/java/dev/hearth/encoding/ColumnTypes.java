package dev.hearth.encoding;

import com.esotericsoftware.kryo.KryoException;
import java.lang.reflect.Type;
import java.sql.JDBCType;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.type.BasicType;
import org.hibernate.type.BasicTypeRegistry;
import org.hibernate.type.descriptor.java.BasicPluralJavaType;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.descriptor.jdbc.spi.JdbcTypeRegistry;
import org.hibernate.type.spi.TypeConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Names the types of a native query's columns so that a node of the same mapping finds its own again, which is what
 * Hibernate compares by identity. Nothing that the bytes say makes a new type known.
 */
final class ColumnTypes {
    /* A type is a byte and what belongs to it: nothing; the place of a column of the mapping that has it; the numbers of a
     * class and of a JDBC type, and a hash of its description; or the name it is registered by, and the hash. The hash is
     * because the registry, other than the mapping, is not part of the fingerprint. */
    private static final byte NONE = 0;
    private static final byte OF_COLUMN = 1;
    private static final byte OF_CLASS = 2;
    private static final byte OF_NAME = 3;

    private static final Set<Integer> STANDARD_CODES =
            Arrays.stream(JDBCType.values()).map(JDBCType::getVendorTypeNumber).collect(Collectors.toUnmodifiableSet());

    private final TypeConfiguration configuration;
    private final ResultModel model;
    private final ValueTable table;

    ColumnTypes(TypeConfiguration configuration, ResultModel model, ValueTable table) {
        this.configuration = configuration;
        this.model = model;
        this.table = table;
    }

    void write(WireOutput out, @Nullable BasicType<?> type) {
        if (type == null) {
            out.writeByte(NONE);
            return;
        }
        int column = model.columnOf(type);
        if (column >= 0) {
            out.writeByte(OF_COLUMN);
            out.writeCount(column);
        } else if (!writeClass(out, type) && !writeName(out, type)) {
            throw new NotEncodable("a column has the type " + TypeText.of(type)
                    + ", which another node could not find: no attribute over the tables of the query and no"
                    + " registered type is the same");
        }
    }

    @Nullable
    BasicType<?> read(WireInput in) {
        return switch (in.readByte()) {
            case NONE -> null;
            case OF_COLUMN -> model.typeOf(in.readVarInt(true));
            case OF_CLASS -> described(in, find(table.of(in.readVarInt(true)).getType(), in.readSigned()));
            case OF_NAME -> described(in, registry().getRegisteredType(in.readText()));
            default -> throw new KryoException("No kind of type");
        };
    }

    private boolean writeClass(WireOutput out, BasicType<?> type) {
        Class<?> javaClass = type.getJavaTypeDescriptor().getJavaTypeClass();
        int number = table.numberOf(javaClass);
        int code = type.getJdbcType().getDefaultSqlTypeCode();
        if (number < 0 || !isSame(type, find(javaClass, code))) {
            return false;
        }
        out.writeByte(OF_CLASS);
        out.writeCount(number);
        out.writeSigned(code);
        out.writeLong(hashOf(type));
        return true;
    }

    private boolean writeName(WireOutput out, BasicType<?> type) {
        if (registry().getRegisteredType(type.getName()) != type) {
            return false;
        }
        out.writeByte(OF_NAME);
        out.writeText(type.getName());
        out.writeLong(hashOf(type));
        return true;
    }

    /* The registry makes a type anew if it has none of that class and code; whatever the bytes say, it keeps only types of
     * its own list. For arrays it would keep more. */
    private @Nullable BasicType<?> find(Class<?> javaClass, int code) {
        JavaType<?> javaType = configuration.getJavaTypeRegistry().findDescriptor((Type) javaClass);
        JdbcType jdbcType = find(code);
        return javaType == null || jdbcType == null || javaType instanceof BasicPluralJavaType<?>
                ? null
                : registry().resolve(javaType, jdbcType);
    }

    /** Also one of the few dozen that the standard knows and Hibernate registers only when it first meets such a column. */
    private @Nullable JdbcType find(int code) {
        JdbcTypeRegistry types = configuration.getJdbcTypeRegistry();
        JdbcType registered = types.findDescriptor(code);
        return registered == null && STANDARD_CODES.contains(code) ? types.getDescriptor(code) : registered;
    }

    /** Whether it is the type itself, or one that was made anew from the very same parts. */
    private static boolean isSame(BasicType<?> type, @Nullable BasicType<?> found) {
        return found == type
                || (found != null
                        && found.getClass() == type.getClass()
                        && found.getJavaTypeDescriptor() == type.getJavaTypeDescriptor()
                        && found.getMappedJavaType() == type.getMappedJavaType()
                        && found.getJdbcType() == type.getJdbcType()
                        && found.getValueConverter() == null
                        && type.getValueConverter() == null);
    }

    private static BasicType<?> described(WireInput in, @Nullable BasicType<?> found) {
        if (found == null || in.readLong() != hashOf(found)) {
            throw new KryoException("No such type here");
        }
        return found;
    }

    private static long hashOf(BasicType<?> type) {
        return MappingFingerprint.of(TypeText.of(type));
    }

    private BasicTypeRegistry registry() {
        return configuration.getBasicTypeRegistry();
    }
}
