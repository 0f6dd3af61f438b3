package dev.hearth.encoding;

import org.hibernate.cache.CacheException;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.jspecify.annotations.Nullable;

/**
 * The form of an association inside a key: the id of the entity it refers to. Takes the entity, a proxy of it, which stays
 * uninitialized, or, where an id class holds the id in the association's place, that id.
 *
 * @param path the attribute's full name, for messages
 * @param target the entity referred to
 * @param id the form of its id
 * @param byPrimaryKey whether the foreign key refers to the primary key
 */
record KeyReference(String path, EntityPersister target, KeyForm id, boolean byPrimaryKey) implements KeyForm {
    @Override
    public void write(Object value, KeyBytes out) {
        id.write(idOf(value), out);
    }

    @Override
    public @Nullable String text(Object value) {
        return id.text(idOf(value));
    }

    private Object idOf(Object value) {
        Object found = found(value);
        if (found == null) {
            throw new CacheException("%s refers to a %s that has no id yet".formatted(path, target.getEntityName()));
        }
        return found;
    }

    private @Nullable Object found(Object value) {
        var proxy = HibernateProxy.extractLazyInitializer(value);
        if (proxy != null) {
            return proxy.getInternalIdentifier();
        }
        if (target.isInstance(value)) {
            return target.getIdentifier(value);
        }
        if (byPrimaryKey) {
            return value;
        }
        throw new CacheException("%s refers to %s by a column that is not its primary key, and so needs the entity, but"
                        .formatted(path, target.getEntityName())
                + " was given a " + value.getClass().getName());
    }
}
