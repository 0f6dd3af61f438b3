package dev.hearth.encoding;

import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.CustomType;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.hibernate.type.descriptor.converter.spi.JpaAttributeConverter;
import org.hibernate.type.descriptor.java.JavaType;

/** Texts that describe types for fingerprints. Never Hibernate's own names of types: those hold a counter. */
final class TypeText {
    private TypeText() {}

    /** The text of what a column is read as, and as what its values reach the application. */
    static String of(JdbcMapping mapping) {
        StringBuilder text = new StringBuilder(of(mapping.getJavaTypeDescriptor()))
                .append(' ')
                .append(of(mapping.getJdbcJavaType()))
                .append(' ')
                .append(mapping.getJdbcType().getClass().getName())
                .append(':')
                .append(mapping.getJdbcType().getDefaultSqlTypeCode());
        if (mapping.getValueConverter() != null) {
            text.append(' ').append(of(mapping.getValueConverter()));
        }
        if (mapping instanceof CustomType<?> custom) {
            text.append(' ').append(custom.getUserType().getClass().getName());
        }
        return text.toString();
    }

    static String of(JavaType<?> javaType) {
        return javaType.getClass().getName() + ':' + javaType.getJavaType().getTypeName();
    }

    static String of(BasicValueConverter<?, ?> converter) {
        Class<?> type = converter instanceof JpaAttributeConverter<?, ?> jpa
                ? jpa.getConverterJavaType().getJavaTypeClass()
                : converter.getClass();
        return type.getName();
    }
}
