package dev.hearth.hibernate;

import dev.hearth.near.NearRegion;
import dev.hearth.protocol.Node;
import dev.hearth.statistics.RegionCosts;
import dev.hearth.store.RegionStore;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.cache.CacheException;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.CollectionDataAccess;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.cache.spi.access.NaturalIdDataAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.model.domain.NavigableRole;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A region of entities, natural ids and collections. */
public final class DomainRegion implements DomainDataRegion {
    private static final Logger log = LoggerFactory.getLogger(DomainRegion.class);

    private final RegionFactory factory;
    private final Node node;
    private final RegionStore store;
    private final NearRegion near;
    private final Companions companions = new Companions();
    private final NativeStatementGuard guard;
    private final Supplier<Collection<DomainRegion>> peers;
    private final @Nullable RegionCosts costs;
    private final RegionTimer timer;
    private final AuditSample audited;
    private final SessionFactoryImplementor owner;
    private final Map<String, EntityAccess> entities = new LinkedHashMap<>();
    private final Map<String, NaturalIdAccess> naturalIds = new LinkedHashMap<>();
    private final Map<String, CollectionAccess> collections = new LinkedHashMap<>();

    DomainRegion(
            RegionFactory factory,
            Node node,
            NearRegion near,
            DomainDataRegionConfig config,
            SessionFactoryImplementor owner,
            Roles roles,
            NativeStatementGuard guard,
            Supplier<Collection<DomainRegion>> peers,
            @Nullable RegionCosts costs,
            AuditSample audited) {
        this.factory = factory;
        this.node = node;
        this.store = near.store();
        this.near = near;
        this.guard = guard;
        this.owner = owner;
        this.peers = peers;
        this.costs = costs;
        this.audited = audited;
        this.timer = new RegionTimer(costs, node.tier()::nanoTime, near.isKept());
        String name = store.name();
        config.getEntityCaching().forEach(caching -> {
            Role role = roles.entity(caching.getNavigableRole(), name, store.settings());
            entities.put(role.name(), new EntityAccess(this, role, supported(caching.getAccessType(), role)));
        });
        config.getNaturalIdCaching().forEach(caching -> {
            Role role = roles.naturalId(caching.getNavigableRole(), name, store.settings());
            naturalIds.put(role.name(), new NaturalIdAccess(this, role, supported(caching.getAccessType(), role)));
        });
        config.getCollectionCaching().forEach(caching -> {
            Role role = roles.collection(caching.getNavigableRole(), name, store.settings());
            collections.put(role.name(), new CollectionAccess(this, role, supported(caching.getAccessType(), role)));
        });
    }

    private AccessType supported(AccessType asked, Role role) {
        if (asked != AccessType.TRANSACTIONAL) {
            return asked;
        }
        log.warn(
                "[{}] {} asks for TRANSACTIONAL and gets READ_WRITE: what a transaction changes is visible to others after"
                        + " its commit, and to itself through the database; there is no XA between database and cache",
                store.name(),
                role.name());
        return AccessType.READ_WRITE;
    }

    /** What entries of the region are read together with. */
    Companions companions() {
        return companions;
    }

    /** Looks up keys and codecs now, so that what cannot be cached is refused at start-up. */
    void resolve() {
        Stream.of(entities, naturalIds, collections)
                .flatMap(accesses -> accesses.values().stream())
                .forEach(access -> access.role().mapping());
    }

    /** All tables that something in the region is read from. */
    Set<String> tables() {
        return Stream.of(entities, naturalIds, collections)
                .flatMap(accesses -> accesses.values().stream())
                .flatMap(access -> access.role().tables().stream())
                .collect(Collectors.toSet());
    }

    /** The access that has made this key; null if none of this region has. */
    @Nullable
    DomainAccess accessOf(String key) {
        return Stream.of(entities, naturalIds, collections)
                .flatMap(accesses -> accesses.values().stream())
                .filter(access -> access.role().keys().made(key))
                .findFirst()
                .orElse(null);
    }

    /** What this node keeps and uses most, by keys, in about that order. */
    public List<String> hottest(int limit) {
        return near.hottest(limit);
    }

    /** What this key stands for; null if its text does not tell. */
    public @Nullable KnownId idOf(String key) {
        DomainAccess access = accessOf(key);
        String text = access == null ? null : access.role().keys().idText(key);
        if (access == null || text == null || access instanceof NaturalIdAccess) {
            return null;
        }
        String role = access.role().name();
        boolean ofEntity = access instanceof EntityAccess;
        Type type = ofEntity
                ? owner.getMappingMetamodel().getEntityDescriptor(role).getIdentifierType()
                : owner.getMappingMetamodel().getCollectionDescriptor(role).getKeyType();
        return new TypedId(text)
                .as(type)
                .filter(id -> access.role().keys().encode(id, null).equals(key))
                .map(id -> new KnownId(role, ofEntity, id))
                .orElse(null);
    }

    /** The collections of the node, in any region, that are read from one of these tables. */
    List<CollectionAccess> collectionsOver(Set<String> tables) {
        return peers.get().stream()
                .flatMap(region -> region.collections.values().stream())
                .filter(collection -> collection.role().tables().stream().anyMatch(tables::contains))
                .toList();
    }

    /** Both tiers of the region. */
    NearRegion near() {
        return near;
    }

    RegionTimer timer() {
        return timer;
    }

    AuditSample audited() {
        return audited;
    }

    /** What the region costs on this node; null where times are not taken. */
    @Nullable
    RegionCosts costs() {
        return costs;
    }

    NativeStatementGuard guard() {
        return guard;
    }

    Node node() {
        return node;
    }

    /** The region in Redis. */
    public RegionStore store() {
        return store;
    }

    @Override
    public EntityDataAccess getEntityDataAccess(NavigableRole rootEntityRole) {
        return access(entities.get(rootEntityRole.getFullPath()), rootEntityRole);
    }

    @Override
    public NaturalIdDataAccess getNaturalIdDataAccess(NavigableRole rootEntityRole) {
        return access(naturalIds.get(rootEntityRole.getFullPath()), rootEntityRole);
    }

    @Override
    public CollectionDataAccess getCollectionDataAccess(NavigableRole collectionRole) {
        return access(collections.get(collectionRole.getFullPath()), collectionRole);
    }

    private <T> T access(@Nullable T access, NavigableRole role) {
        if (access == null) {
            throw new CacheException("[" + store.name() + "] " + role.getFullPath() + " is not cached in this region");
        }
        return access;
    }

    @Override
    public String getName() {
        return store.name();
    }

    @Override
    public RegionFactory getRegionFactory() {
        return factory;
    }

    /** Makes everything in the region a miss, for all nodes. */
    @Override
    public void clear() {
        DomainAccess.clear(node, store);
    }

    /**
     * Makes what has this id a miss, for all nodes: entities, and collections of theirs.
     *
     * @throws IllegalArgumentException if it is no id of anything in the region
     */
    void evict(TypedId id) {
        if (owner.getSessionFactoryOptions().isMultiTenancyEnabled()) {
            throw new IllegalArgumentException("[" + store.name()
                    + "] entries are of tenants, which an id does not tell; evict the region instead");
        }
        boolean evicted = false;
        for (EntityAccess access : entities.values()) {
            evicted |= id.evictEntity(owner, access);
        }
        for (CollectionAccess access : collections.values()) {
            evicted |= id.evictCollection(owner, access);
        }
        if (!evicted) {
            throw new IllegalArgumentException("[" + store.name() + "] '" + id.text() + "' is no id of what it holds: "
                    + idTypes() + "; of composite and natural ids only the whole region can be evicted");
        }
    }

    private String idTypes() {
        return entities.keySet().stream()
                .map(name -> name + " has ids of type "
                        + owner.getMappingMetamodel()
                                .getEntityDescriptor(name)
                                .getIdentifierType()
                                .getReturnedClass()
                                .getSimpleName())
                .collect(Collectors.joining(", "));
    }

    /** Entries stay in Redis for the other nodes, and for the next start. */
    @Override
    public void destroy() {
        // The factory closes what a region uses.
    }
}
