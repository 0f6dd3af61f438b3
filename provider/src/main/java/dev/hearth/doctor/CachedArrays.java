package dev.hearth.doctor;

import dev.hearth.hibernate.HibernateNode;
import java.util.stream.Stream;
import org.hibernate.persister.collection.CollectionPersister;

/** Cached collections that are arrays, whose rows Hibernate deletes. */
final class CachedArrays implements Check {
    @Override
    public Stream<Finding> examine(HibernateNode node) {
        return node.sessionFactories().stream()
                .flatMap(factory -> factory.getMappingMetamodel().streamCollectionDescriptors())
                .filter(collection -> collection.isArray() && collection.hasCache())
                .map(CollectionPersister::getRole)
                .sorted()
                .map(role -> new Finding(
                        Severity.ERROR,
                        "cached-array",
                        role,
                        "it is an array: where a statement loads its owner and the cache has the array, Hibernate leaves it"
                                + " null, and deletes its rows at the next flush, with any cache",
                        "do not cache it, or make it a List"));
    }
}
