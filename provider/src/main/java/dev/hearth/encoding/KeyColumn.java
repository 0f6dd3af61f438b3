package dev.hearth.encoding;

import java.math.BigInteger;
import org.hibernate.cache.CacheException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.hibernate.type.descriptor.java.JavaType;
import org.jspecify.annotations.Nullable;

/**
 * The form of a basic attribute: its value as Hibernate binds it. Values of a related class, which
 * {@code Cache.evictEntityData} hands on as they come, are first made the attribute's own.
 */
final class KeyColumn implements KeyForm {
    private final String path;
    private final JavaType<?> domain;
    private final Class<?> domainClass;
    private final @Nullable BasicValueConverter<?, ?> converter;
    private final KeyReduction reduction;
    private final SessionFactoryImplementor factory;

    KeyColumn(
            String path,
            JavaType<?> domain,
            @Nullable BasicValueConverter<?, ?> converter,
            KeyReduction reduction,
            SessionFactoryImplementor factory) {
        this.path = path;
        this.domain = domain;
        this.domainClass = domain.getJavaTypeClass();
        this.converter = converter;
        this.reduction = reduction;
        this.factory = factory;
    }

    @Override
    public void write(Object value, KeyBytes out) {
        reduction.scalar().writeNullable(reduced(value), out);
    }

    @Override
    public @Nullable String text(Object value) {
        Object reduced = reduced(value);
        return reduced == null ? null : reduction.scalar().text(reduced);
    }

    private @Nullable Object reduced(Object value) {
        Object own = domainClass.isInstance(value) ? value : coerced(value);
        Object bound = converter == null ? own : bound(converter, own);
        var step = reduction.step();
        return step == null || bound == null ? bound : step.apply(bound);
    }

    @SuppressWarnings("unchecked") // Checked by domainClass, or made so by wrap.
    private static <D> @Nullable Object bound(BasicValueConverter<D, ?> converter, Object value) {
        return converter.toRelationalValue((D) value);
    }

    private Object coerced(Object value) {
        if (converter == null && reduction.scalar() == KeyScalar.INTEGER && isWhole(value)) {
            return value;
        }
        try {
            Object wrapped = domain.wrap(value, factory.getWrapperOptions());
            if (domainClass.isInstance(wrapped)) {
                return wrapped;
            }
        } catch (RuntimeException e) {
            throw misfit(value, e);
        }
        throw misfit(value, null);
    }

    /* All whole numbers share one form, so none needs to fit the attribute's own class. */
    private static boolean isWhole(Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger;
    }

    private CacheException misfit(Object value, @Nullable RuntimeException cause) {
        return new CacheException(
                "%s takes values of %s, but was given one of %s"
                        .formatted(path, domainClass.getName(), value.getClass().getName()),
                cause);
    }
}
