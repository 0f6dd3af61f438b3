package dev.hearth.encoding;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.MappingMetamodel;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.AnyType;
import org.hibernate.type.BasicPluralType;
import org.hibernate.type.BasicType;
import org.hibernate.type.CollectionType;
import org.hibernate.type.ComponentType;
import org.hibernate.type.CustomType;
import org.hibernate.type.EntityType;
import org.hibernate.type.SpecialOneToOneType;
import org.hibernate.type.Type;
import org.hibernate.type.UserComponentType;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.java.spi.FormatMapperBasedJavaType;

/**
 * Reads from the mapping what each slot of a disassembled state may hold, and admits the classes that takes.
 *
 * <p>Nothing from Hibernate's type names is used: names of basic types hold a counter and differ between JVMs.
 */
final class ShapeReader {
    private final SessionFactoryImplementor factory;
    private final ModelClasses classes;

    ShapeReader(SessionFactoryImplementor factory, ModelClasses classes) {
        this.factory = factory;
        this.classes = classes;
    }

    /**
     * The shape of an attribute's disassembled form.
     *
     * @param path the attribute's full name
     * @throws UnencodableAttributeException if its values cannot be encoded
     */
    Shape disassembled(String path, Type type) {
        if (type instanceof UserComponentType<?> component) {
            return userType(path, component.getReturnedClass(), component.getName());
        }
        if (type instanceof ComponentType component) {
            return components(path, component);
        }
        if (type instanceof AnyType any) {
            return anyReference(path, any);
        }
        if (type instanceof CollectionType collection) {
            return disassembled(path, keyType(collection));
        }
        if (type instanceof EntityType entity) {
            return entity(path, entity);
        }
        if (type instanceof CustomType<?> custom) {
            String text = custom.getUserType().getClass().getName();
            return userType(path, custom.getReturnedClass(), text);
        }
        return basic(path, (BasicType<?>) type);
    }

    /** The shape of an identifier as a whole, which natural-id entries and {@code @Any} references keep. */
    Shape assembled(String path, Type type) {
        if (type instanceof BasicType<?>) {
            Class<?> returned = type.getReturnedClass();
            require(path, returned);
            return new Shape.Instance(returned.getName(), List.of(wrapper(returned)));
        }
        Class<?> returned = type.getReturnedClass();
        require(path, returned);
        return new Shape.Instance(returned.getName(), List.of(returned));
    }

    @SuppressWarnings("removal") // present in every Hibernate 7, with nothing to take its place in the first ones
    private Type keyType(CollectionType collection) {
        return metamodel().getCollectionDescriptor(collection.getRole()).getKeyType();
    }

    /**
     * The shape of an entity's property; a primitive one cannot be null.
     *
     * @throws UnencodableAttributeException if its values cannot be encoded
     */
    Shape property(EntityPersister entity, String name, Type type) {
        Shape shape = disassembled(entity.getEntityName() + '.' + name, type);
        return isPrimitive(entity, name) ? new Shape.Primitive(shape, false) : shape;
    }

    private static boolean isPrimitive(ManagedMappingType owner, String attribute) {
        AttributeMapping mapping = owner.findAttributeMapping(attribute);
        return mapping != null
                && mapping.getPropertyAccess().getGetter().getReturnTypeClass().isPrimitive();
    }

    private Shape components(String path, ComponentType component) {
        List<Shape> shapes = new ArrayList<>();
        String[] names = component.getPropertyNames();
        Type[] types = component.getSubtypes();
        EmbeddableMappingType mapping = component.mappingModelPart().getEmbeddableTypeDescriptor();
        for (int i = 0; i < names.length; i++) {
            Shape shape = disassembled(path + '.' + names[i], types[i]);
            boolean primitive = isPrimitive(mapping, names[i]);
            shapes.add(primitive ? new Shape.Primitive(shape, mapping.isPolymorphic()) : shape);
        }
        return new Shape.Components(component.getReturnedClass().getName(), List.of(names), shapes);
    }

    private Shape anyReference(String path, AnyType any) {
        if (!AnyReferences.areAccessible()) {
            throw new UnencodableAttributeException(
                    path, "@Any needs the package org.hibernate.type of Hibernate's module to be open to this one");
        }
        List<String> entities = new ArrayList<>();
        metamodel().forEachEntityDescriptor(entity -> entities.add(entity.getEntityName()));
        classes.admitReferencesTo(entities);
        return new Shape.AnyReference(assembled(path, any.getIdentifierType()));
    }

    private Shape entity(String path, EntityType entity) {
        String target = entity.getAssociatedEntityName();
        if (entity.isOneToOne() && !(entity instanceof SpecialOneToOneType)) {
            return new Shape.Absent("one-to-one " + target);
        }
        Shape identifier =
                disassembled(path, metamodel().getEntityDescriptor(target).getIdentifierType());
        return new Shape.Reference(target, identifier);
    }

    private Shape userType(String path, Class<?> returned, String text) {
        require(path, returned);
        return new Shape.Anything(text + ' ' + returned.getName());
    }

    private Shape basic(String path, BasicType<?> type) {
        JavaType<?> javaType = type.getJavaTypeDescriptor();
        if (javaType instanceof FormatMapperBasedJavaType<?>) {
            return new Shape.Instance("formatted " + javaType.getJavaTypeClass().getName(), List.of(String.class));
        }
        if (type instanceof BasicPluralType<?, ?> plural) {
            return plural(path, plural);
        }
        BasicValueConverter<?, ?> converter = type.getValueConverter();
        return converter == null ? instance(path, javaType) : converted(path, javaType, converter, type.isMutable());
    }

    private Shape plural(String path, BasicPluralType<?, ?> type) {
        JavaType<?> javaType = type.getJavaTypeDescriptor();
        Class<?> container = javaType.getJavaTypeClass();
        require(path, container.isArray() ? container : javaType.getJavaType());
        require(path, type.getElementType().getJavaTypeDescriptor().getJavaType());
        JavaType<?> element = type.getElementType().getJavaTypeDescriptor();
        return new Shape.Elements(TypeText.of(javaType), container, instance(path, element));
    }

    private Shape instance(String path, JavaType<?> javaType) {
        require(path, javaType.getJavaType());
        return new Shape.Instance(TypeText.of(javaType), List.of(wrapper(javaType.getJavaTypeClass())));
    }

    /** A mutable value is kept as the relational one, unless Hibernate knows how to copy it; an immutable one as it is. */
    private Shape converted(String path, JavaType<?> domain, BasicValueConverter<?, ?> converter, boolean mutable) {
        JavaType<?> relational = converter.getRelationalJavaType();
        String domainRefusal = classes.admit(domain.getJavaType());
        String relationalRefusal = classes.admit(relational.getJavaType());
        if (domainRefusal != null && (relationalRefusal != null || !mutable)) {
            throw new UnencodableAttributeException(path, domainRefusal);
        }
        String text = TypeText.of(converter) + ' ' + TypeText.of(domain) + ' ' + TypeText.of(relational);
        return new Shape.Instance(
                text, List.of(wrapper(domain.getJavaTypeClass()), wrapper(relational.getJavaTypeClass())));
    }

    private void require(String path, java.lang.reflect.Type type) {
        String refusal = classes.admit(type);
        if (refusal != null) {
            throw new UnencodableAttributeException(path, refusal);
        }
    }

    private static Class<?> wrapper(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }

    private MappingMetamodel metamodel() {
        return factory.getMappingMetamodel();
    }
}
