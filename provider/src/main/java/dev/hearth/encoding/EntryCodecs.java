package dev.hearth.encoding;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.SettingProblem;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.hibernate.boot.registry.classloading.spi.ClassLoaderService;
import org.hibernate.boot.registry.classloading.spi.ClassLoadingException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Makes the codecs of one session factory from its mapping. Thread-safe.
 *
 * <p>Needs the persisters, so it can be used once the session factory reports that it is created. Every method that makes a
 * codec throws {@link UnencodableAttributeException} if an attribute cannot be encoded; call them all at start-up.
 */
public final class EntryCodecs {
    private final SessionFactoryImplementor factory;
    private final Set<Class<?>> allowed;
    private final Set<Class<?>> entities = new HashSet<>();
    private final Engines engines = new Engines();

    /**
     * @param allowedTypes names of the classes that attributes may hold beyond those the mapping names
     * @throws IllegalArgumentException if one of the names is not a class
     */
    public EntryCodecs(SessionFactoryImplementor factory, Collection<String> allowedTypes) {
        this.factory = factory;
        this.allowed = load(factory, allowedTypes);
        factory.getMappingMetamodel().forEachEntityDescriptor(entity -> entities.add(entity.getMappedClass()));
    }

    /** The codec of an entity region's hierarchy. */
    public EntryCodec forEntity(EntityPersister root, EntryLimits limits) {
        ModelClasses classes = classes();
        return codec(new EntityForm(factory, root, new ShapeReader(factory, classes)), classes, limits);
    }

    /** The codec of a collection role. */
    public EntryCodec forCollection(CollectionPersister role, EntryLimits limits) {
        ModelClasses classes = classes();
        return codec(new CollectionForm(factory, role, new ShapeReader(factory, classes)), classes, limits);
    }

    /** The codec of what a natural id leads to: the entity's identifier as a whole. */
    public EntryCodec forNaturalId(EntityPersister root, EntryLimits limits) {
        ModelClasses classes = classes();
        String path = root.getEntityName() + " identifier";
        Shape identifier = new ShapeReader(factory, classes).assembled(path, root.getIdentifierType());
        return codec(new ValueForm(path, identifier), classes, limits);
    }

    /** A codec of single values of the JDK's value types and the allowed types, arrays and collections of them. */
    public EntryCodec forValues(String name, EntryLimits limits) {
        ModelClasses classes = classes();
        for (Class<?> type : allowed) {
            String refusal = classes.admit(type);
            if (refusal != null) {
                throw new UnencodableAttributeException(name, refusal);
            }
        }
        return codec(new ValueForm(name, new Shape.Anything("any value")), classes, limits);
    }

    /**
     * The codec of query results. Reads much of the mapping, so keep it.
     *
     * @param tables what the queries read, as Hibernate names it; nothing if that is not known. Results can hold the classes
     *     that are mapped to these tables, and are not read where those are mapped in another way
     */
    public ResultCodec forResults(Collection<String> tables, EntryLimits limits) {
        ModelClasses classes = classes();
        allowed.forEach(classes::admit);
        ResultModel model = new ResultModelReader(factory, classes).read(tables);
        ValueTable table = classes.table();
        ColumnTypes types = new ColumnTypes(factory.getTypeConfiguration(), model, table);
        EntryForm form = new ResultForm(model, new ResultMetadata(types), limits.maximumEntrySize());
        return new ResultCodec(new EntryCodec(engines, form, table, limits));
    }

    private EntryCodec codec(EntryForm form, ModelClasses classes, EntryLimits limits) {
        return new EntryCodec(engines, form, classes.table(), limits);
    }

    private ModelClasses classes() {
        return new ModelClasses(allowed, entities::contains);
    }

    private static Set<Class<?>> load(SessionFactoryImplementor factory, Collection<String> names) {
        ClassLoaderService loader = factory.getServiceRegistry().requireService(ClassLoaderService.class);
        Set<Class<?>> classes = new LinkedHashSet<>();
        for (String name : names) {
            try {
                classes.add(loader.classForName(name));
            } catch (ClassLoadingException e) {
                throw new HearthConfigurationException(new SettingProblem(
                        ModelClasses.ALLOWED_TYPES,
                        "names " + name + ", which is no class (" + e.getMessage() + ")",
                        "legal are full class names, as in com.acme.Money or com.acme.Order$Status"));
            }
        }
        return classes;
    }
}
