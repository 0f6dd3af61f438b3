package dev.hearth.warming;

import dev.hearth.HotEntries;
import dev.hearth.HotEntries.HotEntry;
import dev.hearth.HotEntries.Kind;
import dev.hearth.warming.WarmTarget.Learned.HotCollections;
import dev.hearth.warming.WarmTarget.Learned.HotEntities;
import dev.hearth.warming.WarmTarget.Learned.HotResults;
import dev.hearth.warming.WarmTarget.Learned.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;

/** Makes of what was hot what can be loaded: the greatest gain first. For one thread. */
final class LearnedPlan {
    /* What is known to cost more than it gains is left out, and what nobody can tell of comes last: a node that has loaded
     * nothing of a region knows its hits, and not what they are worth. */
    private final SessionFactoryImplementor factory;
    private final HotEntries hot;
    private final QueryShapes shapes;
    private final Mapping mapping;
    private final List<WarmTask> declared;
    private final int mostResults;

    /**
     * @param declared the tasks that are declared, of which some may load a query that was hot
     * @param mostResults how many results are loaded at the most
     */
    LearnedPlan(SessionFactoryImplementor factory, HotEntries hot, List<WarmTask> declared, int mostResults) {
        this.factory = factory;
        this.hot = hot;
        this.shapes = new QueryShapes(factory);
        this.mapping = new Mapping(factory);
        this.declared = declared;
        this.mostResults = mostResults;
    }

    private record Gaining(long netNanos, Part part) {}

    List<Part> parts(LearnedRecord record) {
        List<Gaining> parts = new ArrayList<>();
        record.regions().forEach((name, region) -> {
            if (region.netNanos() >= 0) {
                parts(name, region).forEach(part -> parts.add(new Gaining(region.netNanos(), part)));
            }
        });
        results().forEach((digest, results) -> {
            long gain = record.queries().getOrDefault(digest, 0L);
            if (gain > 0) {
                parts.add(new Gaining(gain, new HotResults(results)));
            }
        });
        return parts.stream()
                .sorted(Comparator.comparingLong(Gaining::netNanos).reversed())
                .map(Gaining::part)
                .toList();
    }

    // Entities and collections

    private List<Part> parts(String name, LearnedRecord.Region region) {
        Map<String, List<Object>> entities = new LinkedHashMap<>();
        Map<String, List<Object>> collections = new LinkedHashMap<>();
        LearnedRecord.ordered(region.keys()).forEach(key -> {
            Optional<HotEntry> entry = hot.find(name, key.getKey());
            entry.ifPresent(known -> (known.kind() == Kind.ENTITY ? entities : collections)
                    .computeIfAbsent(known.role(), role -> new ArrayList<>())
                    .add(known.id()));
        });
        List<Part> parts = new ArrayList<>();
        entities.forEach((role, ids) -> {
            EntityPersister entity = factory.getMappingMetamodel().getEntityDescriptor(role);
            if (entity.getMappedClass() != null && !entity.canUseReferenceCacheEntries()) {
                parts.add(new HotEntities(entity.getMappedClass(), ids, entity.hasNaturalIdCache()));
            }
        });
        collections.forEach((role, keys) -> addCollections(role, keys, parts));
        return parts;
    }

    /* One whose owners are not cached, or that is not found by their ids, is left to those who ask for it. */
    private void addCollections(String role, List<Object> keys, List<Part> parts) {
        CollectionPersister collection = factory.getMappingMetamodel().getCollectionDescriptor(role);
        EntityPersister owner = collection.getOwnerEntityPersister();
        String name = role.substring(owner.getEntityName().length() + 1);
        if (owner.getMappedClass() != null
                && owner.canWriteToCache()
                && LearnedLoading.queries(factory, owner.getMappedClass(), Set.of(name), false)
                        .collections()
                        .get(0)
                        .keyedById()) {
            parts.add(new HotCollections(owner.getMappedClass(), name, keys));
        }
    }

    // Results

    /* Parameters are remembered of no query. So there are those that need none, and those of which a task says them. */
    private Map<String, WarmTarget.Results> results() {
        Map<String, WarmTarget.Results> results = new LinkedHashMap<>();
        int room = mostResults;
        for (WarmTask task : declared) {
            if (task.target() instanceof WarmTarget.Results wanted
                    && task.triggers().contains(Trigger.START)
                    && !wanted.parameters().isEmpty()
                    && wanted.parameters().size() <= room) {
                room -= wanted.parameters().size();
                digest(wanted).ifPresent(digest -> results.merge(digest, wanted, LearnedPlan::both));
            }
        }
        for (String query : mapping.queriesWithoutParameters()) {
            WarmTarget.Results alone = new WarmTarget.Results(query, List.of(Map.of()));
            if (room > 0) {
                room--;
                digest(alone).ifPresent(digest -> results.putIfAbsent(digest, alone));
            }
        }
        return results;
    }

    private static WarmTarget.Results both(WarmTarget.Results one, WarmTarget.Results other) {
        List<Map<String, Object>> sets = new ArrayList<>(one.parameters());
        sets.addAll(other.parameters());
        return new WarmTarget.Results(one.query(), sets);
    }

    private Optional<String> digest(WarmTarget.Results wanted) {
        return shapes.digest(
                wanted.query(),
                mapping.queryRegion(wanted.query()),
                wanted.parameters().get(0));
    }

    /** The digests of the queries that can be warmed. */
    Set<String> warmedQueries() {
        return results().keySet();
    }
}
