package dev.hearth.hibernate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.cache.spi.entry.CacheEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.NaturalIdMapping;
import org.hibernate.metamodel.mapping.SingularAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Whether an entity has a natural id, as its entry in the cache tells. A stateless session changes natural ids
 * without telling the cache of them, so an id found under a natural id may be that of an entity that has another by now.
 */
final class NaturalIdProof {
    private final SharedSessionContractImplementor session;
    private final EntityPersister persister;
    private final NaturalIdMapping mapping;
    private final Object naturalId;

    /** For one natural id in Hibernate's normalized form. */
    NaturalIdProof(SharedSessionContractImplementor session, EntityPersister persister, Object naturalId) {
        this.session = session;
        this.persister = persister;
        this.mapping = persister.getNaturalIdMapping();
        this.naturalId = naturalId;
    }

    /** Whether it is that of an entity in the cache, in any of the forms that its entry may have. */
    boolean isThatOf(Object entry) {
        if (entry instanceof Map<?, ?> structured) {
            return isThatOfState(structured);
        }
        if (entry instanceof CacheEntry plain) {
            // A reference entry is that of an immutable entity.
            return plain.isReferenceEntry()
                    || isStored(mapping.extractNaturalIdFromEntityState(plain.getDisassembledState()));
        }
        return false;
    }

    private boolean isThatOfState(Map<?, ?> structured) {
        Object[] stored = attributes().stream()
                .map(attribute -> structured.get(attribute.getAttributeName()))
                .toArray();
        return isStored(isCompound() ? stored : stored[0]);
    }

    private boolean isStored(Object stored) {
        List<SingularAttributeMapping> attributes = attributes();
        if (!isCompound()) {
            return Objects.deepEquals(disassemble(attributes.get(0), naturalId), stored);
        }
        Object[] asked = (Object[]) naturalId;
        for (int i = 0; i < asked.length; i++) {
            if (!Objects.deepEquals(disassemble(attributes.get(i), asked[i]), ((Object[]) stored)[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean isCompound() {
        return attributes().size() > 1;
    }

    private List<SingularAttributeMapping> attributes() {
        return mapping.getNaturalIdAttributes();
    }

    private Object disassemble(SingularAttributeMapping attribute, Object value) {
        return persister.getPropertyType(attribute.getAttributeName()).disassemble(value, session, null);
    }
}
