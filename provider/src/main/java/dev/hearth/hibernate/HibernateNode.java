package dev.hearth.hibernate;

import dev.hearth.config.HearthSettings;
import dev.hearth.config.NearMode;
import dev.hearth.config.RegionKind;
import dev.hearth.near.NearRegion;
import dev.hearth.protocol.Node;
import dev.hearth.statistics.Benefit;
import dev.hearth.statistics.NodeStatistics;
import dev.hearth.statistics.QueryLedger;
import dev.hearth.statistics.RegionCosts;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.store.RedisUnavailableException;
import dev.hearth.store.RegionStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.cache.CacheException;
import org.hibernate.cache.cfg.spi.DomainDataCachingConfig;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/** One node as Hibernate uses it: its regions, and the contexts of its sessions. */
public final class HibernateNode {
    private final HearthSettings settings;
    private final Node node;
    private final NativeStatementGuard guard;
    private final Map<String, DomainRegion> regions = new ConcurrentHashMap<>();
    private final HotKeys hotKeys;
    private final QueryLedger queries;
    private final AuditSample audited = new AuditSample();
    private volatile boolean started;
    private final QueryRegions queryRegions;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final Map<SessionFactoryImplementor, Roles> roles = new ConcurrentHashMap<>();

    public HibernateNode(HearthSettings settings, Node node) {
        this.settings = settings;
        this.node = node;
        this.queryRegions = new QueryRegions(regions::containsKey);
        this.hotKeys = new HotKeys(node, queryRegions::all);
        this.queries = new QueryLedger(
                settings.statistics().enabled() ? settings.statistics().queries() : 0);
        node.near().onTableChanges(queries::changed);
        this.guard = new NativeStatementGuard(settings.node().nativeStatements());
    }

    public HearthSettings settings() {
        return settings;
    }

    public CacheTransactionSynchronization newContext() {
        return new TransactionContext(node, settings.node().joinedTransactions());
    }

    /** Makes the region; its settings are those of entities if it holds any, else of collections, else of natural ids. */
    public DomainDataRegion region(
            RegionFactory factory, DomainDataRegionConfig config, SessionFactoryImplementor owner) {
        RegionKind kind = !config.getEntityCaching().isEmpty()
                ? RegionKind.ENTITY
                : !config.getCollectionCaching().isEmpty() ? RegionKind.COLLECTION : RegionKind.NATURAL_ID;
        RegionStore store = node.tier().region(kind, config.getRegionName());
        NearRegion near = node.near().region(store, whenAuto(config));
        DomainRegion region = new DomainRegion(
                factory, node, near, config, owner, roles(owner), guard, regions::values, costs(), audited);
        regions.put(config.getRegionName(), region);
        listeners.forEach(listener -> listener.accept(config.getRegionName()));
        return region;
    }

    private @Nullable RegionCosts costs() {
        return settings.statistics().enabled() ? new RegionCosts() : null;
    }

    /** Strict where one of the roles may be updated under a lock, which others than READ_ONLY and nonstrict ones are. */
    private static NearMode whenAuto(DomainDataRegionConfig config) {
        return Stream.of(config.getEntityCaching(), config.getNaturalIdCaching(), config.getCollectionCaching())
                        .flatMap(List::stream)
                        .map(DomainDataCachingConfig::getAccessType)
                        .allMatch(type -> type == AccessType.READ_ONLY || type == AccessType.NONSTRICT_READ_WRITE)
                ? NearMode.FAST
                : NearMode.STRICT;
    }

    /**
     * Makes a region of query results. One that a query names at run time is begun in Redis at once, for one wait, since
     * otherwise its first results could not be kept.
     */
    public QueryRegion queryRegion(RegionFactory factory, String name) {
        QueryRegion region = new QueryRegion(factory, node, name);
        queryRegions.add(region);
        listeners.forEach(listener -> listener.accept(queryRegions.name(region)));
        if (started) {
            openRegions();
        }
        return region;
    }

    /** Makes the region that stands for the stamps of tables. */
    public TableRegion tableRegion(RegionFactory factory, String name) {
        return new TableRegion(factory, this, name);
    }

    /** What is known of a session factory's queries, for a region of their results. */
    QueryResults results(SessionFactoryImplementor owner, QueryRegion region) {
        return roles(owner).results(region.store().region().settings());
    }

    private Roles roles(SessionFactoryImplementor owner) {
        return roles.computeIfAbsent(
                owner, o -> new Roles(o, settings.encoding().allowedTypes()));
    }

    /** Makes all query results stale, for all nodes. If Redis does not hear of it, this node owes its query regions. */
    void clearTables() {
        try {
            node.tier().await(node.tier().tables().clear());
            node.near().changedAllTables();
        } catch (RedisUnavailableException e) {
            queryRegions.all().forEach(region -> node.tier().owe(region.store().region()));
        }
    }

    /**
     * Makes all that was read from these tables a miss, for all nodes: query results, entities, natural ids, collections.
     * Names are compared without regard to case. What Redis does not hear of is owed.
     */
    public void invalidateTables(Collection<String> names) {
        TreeSet<String> wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        wanted.addAll(names);
        // In every spelling that the mapping has, since Redis tells them apart.
        TreeSet<String> spellings = new TreeSet<>(names);
        List<DomainRegion> affected = new ArrayList<>();
        for (DomainRegion region : regions.values()) {
            List<String> read =
                    region.tables().stream().filter(wanted::contains).toList();
            spellings.addAll(read);
            if (!read.isEmpty()) {
                affected.add(region);
            }
        }
        roles.keySet()
                .forEach(factory -> tablesOf(factory).filter(wanted::contains).forEach(spellings::add));
        try {
            long stamp = node.tier().await(node.tier().tables().invalidate(spellings));
            node.near().changed(spellings);
            node.tier().changed(spellings, stamp);
        } catch (RedisUnavailableException e) {
            spellings.forEach(name -> node.tier().owe(node.tier().tables().table(name)));
        }
        affected.forEach(DomainRegion::clear);
    }

    /** The tables of everything that is mapped, cached or not: queries over any of them may be. */
    private static Stream<String> tablesOf(SessionFactoryImplementor factory) {
        Stream.Builder<String> tables = Stream.builder();
        factory.getMappingMetamodel()
                .forEachEntityDescriptor(entity ->
                        Stream.of(entity.getQuerySpaces()).map(String::valueOf).forEach(tables));
        factory.getMappingMetamodel()
                .forEachCollectionDescriptor(collection ->
                        Stream.of(collection.getCollectionSpaces()).forEach(tables));
        return tables.build();
    }

    /** What happened in a region on this node; of two of one name, the one of entities, collections or natural ids. */
    public Optional<RegionStatistics> statistics(String region) {
        DomainRegion domain = regions.get(region);
        return domain != null
                ? Optional.of(domain.store().statistics())
                : queryRegions.find(region).map(queries -> queries.store().statistics());
    }

    /**
     * What each region of entities, collections and natural ids gains on this node since that started, whatever was reset;
     * empty where times are not taken. What was read ahead counts as served, and its reading as a cost of the query or collection that it was read for.
     */
    public Map<String, Benefit> benefits() {
        Map<String, Benefit> benefits = new TreeMap<>();
        regions.forEach((name, region) -> {
            RegionCosts costs = region.costs();
            if (costs != null) {
                RegionStatistics counted = region.store().statistics();
                benefits.put(
                        name,
                        costs.benefit(counted.total(RegionEvent.NEAR_HIT) + counted.total(RegionEvent.REMOTE_HIT)));
            }
        });
        return benefits;
    }

    /**
     * Those of the {@link #benefits} that are known to be losses, the greatest first.
     *
     * @param calls how often an entry must have been looked up for the figures to mean something
     */
    public Map<String, Benefit> losses(long calls) {
        Map<String, Benefit> losses = new LinkedHashMap<>();
        benefits().entrySet().stream()
                .filter(region -> region.getValue().isLoss() && lookUps(region.getKey()) >= calls)
                .sorted(Map.Entry.comparingByValue(Comparator.comparingLong(Benefit::netNanos)))
                .forEach(region -> losses.put(region.getKey(), region.getValue()));
        return losses;
    }

    private long lookUps(String region) {
        return statistics(region)
                .map(counted -> counted.hits() + counted.misses())
                .orElse(0L);
    }

    /** What each query costs and gains on this node. */
    public QueryLedger queries() {
        return queries;
    }

    /**
     * Makes everything in the region a miss, for all nodes.
     *
     * @throws IllegalArgumentException if there is no such region
     */
    public void evictRegion(String name) {
        DomainRegion domain = regions.get(name);
        if (domain != null) {
            domain.clear();
        } else {
            queryRegion(name).clear();
        }
    }

    /**
     * Makes what has this id in the region a miss, for all nodes.
     *
     * @param id text that stands for a value of the id's type
     * @throws IllegalArgumentException if it does not, or there is no such region
     */
    public void evictKey(String name, String id) {
        DomainRegion domain = regions.get(name);
        if (domain == null) {
            throw new IllegalArgumentException("[" + queryRegion(name).getName()
                    + "] holds results of queries, which have no id; evict the region, or invalidate a table");
        }
        domain.evict(new TypedId(id));
    }

    private QueryRegion queryRegion(String name) {
        return queryRegions
                .find(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("There is no region '" + name + "', but " + regionNames()));
    }

    /** The node's name, which no other has. */
    public String name() {
        return node.tier().node();
    }

    /** What happened on the node whatever the region. */
    public NodeStatistics statistics() {
        return node.tier().statistics();
    }

    /** What every key in Redis begins with. */
    public String keyspace() {
        return settings.keyspace();
    }

    /** Whether MBeans are to be registered. */
    public boolean isManaged() {
        return settings.statistics().jmx();
    }

    /** The names of all regions but that of tables. */
    public SortedSet<String> regionNames() {
        TreeSet<String> names = new TreeSet<>(regions.keySet());
        names.addAll(queryRegions.names());
        return names;
    }

    /** Tells of each region, and of each that a query names later; of one perhaps twice. */
    public void onRegion(Consumer<String> listener) {
        listeners.add(listener);
        regionNames().forEach(listener);
    }

    /** What changes when the region is cleared; empty if there is no such region, or none in Redis yet. */
    public Optional<String> generation(String region) {
        DomainRegion domain = regions.get(region);
        if (domain == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(node.tier().await(domain.store().generation()));
        } catch (RedisUnavailableException e) {
            throw new CacheException("The generation of region '" + region + "' is not known", e);
        }
    }

    /** Makes the regions that queries will name, so that they begin with the node, and not with their first query. */
    public void makeQueryRegions(SessionFactoryImplementor factory) {
        if (factory.getSessionFactoryOptions().isQueryCacheEnabled()) {
            Stream.concat(QueryRegionNames.of(factory).stream(), settings.queryRegions().stream())
                    .distinct()
                    .forEach(factory.getCache()::getQueryResultsCache);
        }
    }

    /**
     * Checks what needs the whole mapping, and opens the regions in Redis together, so that the first reads find them.
     *
     * @throws RuntimeException if a setting names no region, or a cached role cannot be encoded; the message says which
     */
    public void mappingKnown(Collection<String> otherRegions) {
        TreeSet<String> names = new TreeSet<>(regions.keySet());
        names.addAll(otherRegions);
        settings.checkRegions(names);
        regions.values().forEach(DomainRegion::resolve);
        openRegions();
        started = true;
        hotKeys.start(regions.values());
    }

    /** Leaves what is hot to other nodes, and closes the node. */
    public void close() {
        hotKeys.close();
        node.close();
    }

    private void openRegions() {
        if (!node.tier().available()) {
            return;
        }
        try {
            node.tier().await(node.tier().openRegions());
        } catch (RedisUnavailableException e) {
            // Regions open at their first use as well; the circuit has told why they could not now.
            return;
        }
    }

    /**
     * Hands this share of the entities that the cache serves to somebody who returns at once, from 0 for none to 1.
     */
    public void audit(double sample, Consumer<ServedEntity> taker) {
        audited.start(sample, taker);
    }

    /** The session factories that share the node. */
    public Set<SessionFactoryImplementor> sessionFactories() {
        return Set.copyOf(roles.keySet());
    }

    /** Where native statements were found that name no tables, and so clear everything. */
    public Set<String> clearingStatements() {
        return guard.places();
    }

    /** The regions of query results. */
    public List<QueryRegion> queryRegions() {
        return queryRegions.all();
    }

    /** Lets go of what this node keeps of a region inside the process, so that its next reads ask Redis; of others nothing. */
    public void forgetNear(String region) {
        DomainRegion domain = regions.get(region);
        if (domain != null) {
            domain.near().changed();
        }
    }

    /** The regions by name, without the region prefix. */
    public Map<String, DomainRegion> regions() {
        return Map.copyOf(regions);
    }

    public Node node() {
        return node;
    }
}
