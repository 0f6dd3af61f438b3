package dev.hearth.encoding;

import org.hibernate.MappingException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.BasicType;
import org.hibernate.type.CompositeType;
import org.hibernate.type.CustomType;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.usertype.UserType;

/**
 * Finds the form of a mapped type: what Hibernate binds to the column, as a value of a JDK class. Refuses a type without such
 * a form by a {@link MappingException} that names the attribute and the way out.
 */
final class KeyForms {
    private final SessionFactoryImplementor factory;
    private final String role;

    /** @param role the entity or collection whose keys these are, for messages */
    KeyForms(SessionFactoryImplementor factory, String role) {
        this.factory = factory;
        this.role = role;
    }

    /** The form of an entity's ids. */
    KeyForm ofId(EntityPersister entity, String path) {
        String name = entity.getIdentifierPropertyName();
        return of(entity.getIdentifierType(), name == null ? path : path + "." + name);
    }

    /** @param path the attribute's full name, for messages */
    KeyForm of(Type type, String path) {
        if (type instanceof CompositeType composite) {
            return new KeyComposite(path, value -> valuesOf(composite, value), partsOf(composite, path));
        }
        if (type instanceof EntityType reference) {
            return ofReference(reference, path);
        }
        if (type instanceof CustomType<?> custom && custom.getValueConverter() == null) {
            return ofUserType(custom, path);
        }
        if (type instanceof BasicType<?> basic) {
            return ofBasicType(basic, path);
        }
        throw refusal(path, type.getName());
    }

    private KeyForm[] partsOf(CompositeType composite, String path) {
        Type[] types = composite.getSubtypes();
        String[] names = composite.getPropertyNames();
        KeyForm[] parts = new KeyForm[types.length];
        for (int i = 0; i < types.length; i++) {
            parts[i] = of(types[i], path + "." + names[i]);
        }
        return parts;
    }

    /* An entity whose whole id is an association may be asked for by its target or the target's id alone. */
    private static Object[] valuesOf(CompositeType composite, Object value) {
        return composite.getPropertyNames().length == 1 && !isComponent(composite, value)
                ? new Object[] {value}
                : composite.getPropertyValues(value);
    }

    private static boolean isComponent(CompositeType composite, Object value) {
        return value instanceof Object[] || composite.getReturnedClass().isInstance(value);
    }

    private KeyForm ofReference(EntityType reference, String path) {
        var target = factory.getMappingMetamodel().getEntityDescriptor(reference.getAssociatedEntityName());
        return new KeyReference(path, target, ofId(target, path), reference.isReferenceToPrimaryKey());
    }

    private KeyForm ofUserType(CustomType<?> type, String path) {
        if (KeyScalar.of(type.getReturnedClass()) == null && !overridesDisassemble(type.getUserType())) {
            throw refusal(path, type.getReturnedClass().getName());
        }
        return new KeyUserType(path, type, factory);
    }

    private static boolean overridesDisassemble(UserType<?> type) {
        try {
            return type.getClass().getMethod("disassemble", Object.class).getDeclaringClass() != UserType.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private KeyForm ofBasicType(BasicType<?> type, String path) {
        JavaType<?> domain = type.getJavaTypeDescriptor();
        BasicValueConverter<?, ?> converter = type.getValueConverter();
        JavaType<?> bound = converter == null ? domain : converter.getRelationalJavaType();
        KeyReduction reduction = KeyReduction.of(bound, type.getJdbcType(), factory);
        if (reduction == null) {
            throw refusal(path, domain.getTypeName());
        }
        return new KeyColumn(path, domain, converter, reduction, factory);
    }

    private MappingException refusal(String path, String type) {
        return new MappingException(
                ("%s has type %s, whose values have no canonical form: nodes could not agree on the keys"
                                + " of %s. Map it to a String, a number, a UUID or a java.time value (by an AttributeConverter, by a"
                                + " UserType.disassemble of your own, or by a JavaType over a plain column), or take %s out of the"
                                + " second-level cache")
                        .formatted(path, type, role, role));
    }
}
