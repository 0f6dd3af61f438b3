package dev.hearth;

import dev.hearth.audit.AuditFigures;
import dev.hearth.audit.Auditor;
import dev.hearth.config.HearthSettings;
import dev.hearth.doctor.Doctor;
import dev.hearth.hibernate.FactoryHooks;
import dev.hearth.hibernate.HibernateNode;
import dev.hearth.hibernate.HibernateVersion;
import dev.hearth.jmx.NodeBeans;
import dev.hearth.near.NearTier;
import dev.hearth.protocol.Node;
import dev.hearth.statistics.Benefit;
import dev.hearth.statistics.NodeStatistics;
import dev.hearth.statistics.QueryLedger;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.store.RedisConnection;
import dev.hearth.store.RemoteTier;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hibernate.SessionFactory;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cache.CacheException;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.QueryResultsRegion;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.TimestampsRegion;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hibernate's second-level cache on Redis: {@code hibernate.cache.region.factory_class=hearth}. One instance is one node,
 * and serves the session factories of one service registry. What it promises is in DESIGN section 1, what can be set in {@link HearthSettings}.
 */
public final class HearthRegionFactory implements RegionFactory, FactoryHooks {
    private static final Logger log = LoggerFactory.getLogger(HearthRegionFactory.class);
    private static final long serialVersionUID = 1L;

    private final LongSupplier nanoTime;
    private final Tiers tiers;
    private transient @Nullable HibernateNode hibernate;
    private transient @Nullable Doctor doctor;
    private transient @Nullable Auditor auditor;
    private transient @Nullable NodeBeans beans;
    private final List<String> otherRegions = new ArrayList<>();

    public HearthRegionFactory() {
        this(System::nanoTime);
    }

    /** A factory whose node has this monotonic clock. */
    HearthRegionFactory(LongSupplier nanoTime) {
        this(nanoTime, RemoteTier::new);
    }

    /** As {@link #HearthRegionFactory(LongSupplier)}, on a remote tier that a test may have changed. */
    HearthRegionFactory(LongSupplier nanoTime, Tiers tiers) {
        this.nanoTime = nanoTime;
        this.tiers = tiers;
    }

    /** Makes a node's remote tier. */
    @FunctionalInterface
    interface Tiers {
        RemoteTier make(String node, HearthSettings settings, RedisConnection connection, LongSupplier nanoTime);
    }

    /**
     * Reads the settings and begins to connect to Redis; Redis need not be there.
     *
     * @throws dev.hearth.config.HearthConfigurationException if a setting is wrong; it lists everything that is
     * @throws CacheException if this version of Hibernate is not supported; it says why
     */
    @Override
    public void start(SessionFactoryOptions options, Map<String, Object> configValues) throws CacheException {
        if (hibernate != null) {
            log.debug("Started already: session factories of one service registry share the node");
            return;
        }
        HibernateVersion.check();
        HearthSettings settings = HearthSettings.read(configValues);
        String name = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
        RemoteTier tier = tiers.make(name, settings, RedisConnection.open(settings.redis()), nanoTime);
        NearTier near = new NearTier(tier, settings.node());
        Node node = new Node(tier, near);
        hibernate = new HibernateNode(settings, node);
        node.start();
        log.info("[{}] this node keeps its cache in Redis under '{}'", name, settings.keyspace());
    }

    @Override
    public void stop() {
        HibernateNode running = hibernate;
        Doctor visiting = doctor;
        Auditor auditing = auditor;
        hibernate = null;
        doctor = null;
        auditor = null;
        if (beans != null) {
            beans.close();
            beans = null;
        }
        if (auditing != null) {
            auditing.close();
        }
        if (visiting != null) {
            visiting.close();
        }
        if (running != null) {
            running.close();
        }
    }

    @Override
    public void sessionFactoryCreated(SessionFactoryImplementor sessionFactory) {
        hibernate().makeQueryRegions(sessionFactory);
        hibernate().mappingKnown(otherRegions);
        if (doctor == null) {
            doctor = new Doctor(hibernate());
            doctor.start();
            auditor = Auditor.of(hibernate(), hibernate().settings().audit());
        }
        if (beans == null && hibernate().isManaged()) {
            beans = new NodeBeans(hibernate(), ManagementFactory.getPlatformMBeanServer());
            beans.register();
        }
    }

    @Override
    public HibernateNode hibernate() {
        HibernateNode running = hibernate;
        if (running == null) {
            throw new CacheException("The cache is not started, or stopped already");
        }
        return running;
    }

    /**
     * The factory behind a session factory.
     *
     * @throws IllegalArgumentException if another provider, or none, is its second-level cache
     */
    public static HearthRegionFactory of(SessionFactory sessionFactory) {
        RegionFactory factory = sessionFactory
                .unwrap(SessionFactoryImplementor.class)
                .getCache()
                .getRegionFactory();
        if (factory instanceof HearthRegionFactory hearth) {
            return hearth;
        }
        throw new IllegalArgumentException("The session factory's cache is not Hearth but "
                + factory.getClass().getName() + "; set hibernate.cache.region.factory_class=hearth");
    }

    /**
     * The names of all regions of entities, collections, natural ids and query results, as the mapping and queries name them; a
     * region of query results that shares its name with another has {@code .q} behind it.
     */
    public SortedSet<String> regionNames() {
        return hibernate().regionNames();
    }

    /**
     * Tells of each region there is now, by its name, and of each that a query names later, at that moment. A region may be told
     * of more than once.
     */
    public void onRegion(Consumer<String> listener) {
        hibernate().onRegion(listener);
    }

    /** The node's name, which no other has, and with which its log lines begin. */
    public String node() {
        return hibernate().name();
    }

    /** The other nodes that commits of this one wait for, by the last heartbeat: those that keep something near and strictly. */
    public SortedSet<String> otherNodes() {
        return new TreeSet<>(hibernate().node().near().others());
    }

    /** What every key in Redis begins with. */
    public String keyspace() {
        return hibernate().keyspace();
    }

    /**
     * Makes everything in a region a miss, on all nodes.
     *
     * @throws IllegalArgumentException if there is no such region
     */
    public void evictRegion(String region) {
        hibernate().evictRegion(region);
    }

    /**
     * Makes the entity, and the collections, that have this id in the region a miss, on all nodes.
     *
     * @param id text, as the id's type writes it
     * @throws IllegalArgumentException if it stands for no value of that type, or there is no such region, or none with ids
     */
    public void evictEntry(String region, String id) {
        hibernate().evictKey(region, id);
    }

    /** Lets go of what this node keeps of a region inside the process, so that its next reads ask Redis. For measurements. */
    public void forgetNear(String region) {
        hibernate().forgetNear(region);
    }

    /** What happened on this node whatever the region. */
    public NodeStatistics nodeStatistics() {
        return hibernate().statistics();
    }

    /** What happened in a region on this node; empty if there is no such region. The name is the mapping's own. */
    public Optional<RegionStatistics> statistics(String region) {
        return hibernate().statistics(region);
    }

    /** Who looks for what keeps this node's cache from being safe or worth its while. */
    public Doctor doctor() {
        Doctor visiting = doctor;
        if (visiting == null) {
            throw new CacheException("The session factory is not created yet, or closed already");
        }
        return visiting;
    }

    /**
     * What the comparison of a sample of hits with the database has shown on this node, by region; empty where the setting
     * {@code audit.sample} is 0.
     */
    public Map<String, AuditFigures> audits() {
        Auditor auditing = auditor;
        return auditing == null ? Map.of() : auditing.figures();
    }

    /** What each cacheable query costs and gains on this node. */
    public QueryLedger queries() {
        return hibernate().queries();
    }

    /**
     * What each region of entities, collections and natural ids gains on this node, by its name; empty if the setting
     * {@code statistics} is off. What was read ahead for a query or a collection is a gain of the entities' region, and its
     * reading a cost of the query, or of the collection's region.
     */
    public Map<String, Benefit> benefits() {
        return hibernate().benefits();
    }

    /**
     * Those of the {@link #benefits} that are known to be losses, the greatest first.
     *
     * @param calls how often entries of a region must have been looked up for its figures to mean something
     */
    public Map<String, Benefit> losses(long calls) {
        return hibernate().losses(calls);
    }

    /**
     * Makes all that was read from these tables a miss, on all nodes: query results, entities, natural ids, collections. For
     * changes made outside Hibernate, after they have been committed. Returns when Redis knows; what it does not hear of
     * is owed, as other changes are (DESIGN section 9).
     *
     * @param tables names as in the mapping, in any case; one that the mapping does not know concerns native queries alone
     */
    public void invalidateTables(Collection<String> tables) {
        hibernate().invalidateTables(tables);
    }

    /** Tasks that one node at a time runs for all. */
    public ClusterTasks clusterTasks() {
        return new ClusterTasks(hibernate().node().tier());
    }

    /** Records that all nodes share. */
    public SharedRecords sharedRecords() {
        return new SharedRecords(hibernate().node().tier());
    }

    /** What this node uses most. */
    public HotEntries hotEntries() {
        return new HotEntries(hibernate());
    }

    /**
     * A text that changes when a region of entities, collections or natural ids is cleared, by whichever node; waits for
     * Redis. Empty if there is no such region, or nobody has begun it in Redis yet.
     *
     * @throws CacheException if Redis does not answer
     */
    public Optional<String> generation(String region) {
        return hibernate().generation(region);
    }

    /** The regions that this node reads from the database until it has cleared them in Redis (DESIGN section 9). */
    public List<String> regionsInDebt() {
        return hibernate().node().tier().regionsInDebt();
    }

    /** Whether Redis answers, so that the cache is used at all. */
    public boolean isAvailable() {
        return hibernate().node().tier().available();
    }

    /** A put that repeats what stands there is refused by Redis itself, for no extra round trip. */
    @Override
    public boolean isMinimalPutsEnabledByDefault() {
        return false;
    }

    @Override
    public AccessType getDefaultAccessType() {
        return AccessType.READ_WRITE;
    }

    /** Names stay as they are: the prefix is part of the keyspace. */
    @Override
    public String qualify(String regionName) {
        return regionName;
    }

    @Override
    public CacheTransactionSynchronization createTransactionContext(SharedSessionContractImplementor session) {
        return hibernate().newContext();
    }

    /** A number that Hibernate's own bookkeeping wants; nothing here compares it. */
    @Override
    public long nextTimestamp() {
        return System.currentTimeMillis();
    }

    @Override
    public DomainDataRegion buildDomainDataRegion(
            DomainDataRegionConfig regionConfig, DomainDataRegionBuildingContext buildingContext) {
        return hibernate().region(this, regionConfig, buildingContext.getSessionFactory());
    }

    @Override
    public QueryResultsRegion buildQueryResultsRegion(String regionName, SessionFactoryImplementor sessionFactory) {
        otherRegions.add(regionName);
        return hibernate().queryRegion(this, regionName);
    }

    @Override
    public TimestampsRegion buildTimestampsRegion(String regionName, SessionFactoryImplementor sessionFactory) {
        otherRegions.add(regionName);
        return hibernate().tableRegion(this, regionName);
    }
}
