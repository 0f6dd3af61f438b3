package dev.hearth.hibernate;

import dev.hearth.config.HearthSettings;
import dev.hearth.config.RegionKind;
import dev.hearth.protocol.Node;
import dev.hearth.store.RedisUnavailableException;
import dev.hearth.store.RegionStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** One node as Hibernate uses it: its regions, and the contexts of its sessions. */
public final class HibernateNode {
    private final HearthSettings settings;
    private final Node node;
    private final Map<String, DomainRegion> regions = new ConcurrentHashMap<>();
    private final Map<SessionFactoryImplementor, Roles> roles = new ConcurrentHashMap<>();

    public HibernateNode(HearthSettings settings, Node node) {
        this.settings = settings;
        this.node = node;
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
        Roles known = roles.computeIfAbsent(
                owner, o -> new Roles(o, settings.encoding().allowedTypes()));
        DomainRegion region = new DomainRegion(factory, node, store, config, known);
        regions.put(config.getRegionName(), region);
        return region;
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
    }

    private void openRegions() {
        if (regions.isEmpty() || !node.tier().available()) {
            return;
        }
        List<CompletableFuture<Void>> openings =
                regions.values().stream().map(region -> region.store().ready()).toList();
        try {
            regions.values()
                    .iterator()
                    .next()
                    .store()
                    .await(CompletableFuture.allOf(openings.toArray(CompletableFuture[]::new)));
        } catch (RedisUnavailableException e) {
            // Regions open at their first use as well; the circuit has told why they could not now.
            return;
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
