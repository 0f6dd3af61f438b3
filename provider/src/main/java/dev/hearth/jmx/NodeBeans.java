package dev.hearth.jmx;

import dev.hearth.hibernate.HibernateNode;
import dev.hearth.statistics.NodeStatistics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MBeans of one node: itself, its circuit, and its regions, each of these also as JCache shows a cache. They are there from
 * {@link #register} until {@link #close}. Safe for concurrent use.
 */
public final class NodeBeans implements AutoCloseable {
    /* The node's name is part of every name, so that the nodes of one JVM do not clash. */
    private static final Logger log = LoggerFactory.getLogger(NodeBeans.class);

    private final HibernateNode node;
    private final MBeanServer server;
    private final String name;
    private final Set<String> regions = new HashSet<>();
    private final List<ObjectName> registered = new ArrayList<>();
    private boolean closed;
    private boolean complained;

    public NodeBeans(HibernateNode node, MBeanServer server) {
        this.node = node;
        this.server = server;
        this.name = node.name();
    }

    /** Registers all beans, and those of regions that come later. One that cannot be is missing, and a warning says so once. */
    public void register() {
        NodeStatistics statistics = node.statistics();
        register("dev.hearth:type=Factory,node=" + name, new FactoryBean(node));
        register("dev.hearth:type=Circuit,node=" + name, new CircuitBean(statistics));
        register("dev.hearth:type=QueryLedger,node=" + name, new QueryLedgerBean(node.queries()));
        node.onRegion(this::registerRegion);
    }

    private synchronized void registerRegion(String region) {
        if (closed || !regions.add(region)) {
            return;
        }
        String quoted = quoted(region);
        String cache = ",CacheManager=" + name + ",Cache=" + quoted;
        node.statistics(region).ifPresent(statistics -> {
            register(
                    "dev.hearth:type=Region,node=" + name + ",name=" + quoted,
                    new RegionBean(node, region, statistics));
            register("javax.cache:type=CacheStatistics" + cache, new JCacheStatistics(statistics));
            register("javax.cache:type=CacheConfiguration" + cache, new JCacheConfiguration());
        });
    }

    /** Quoted where the name holds what has a meaning in object names. */
    static String quoted(String region) {
        return region.chars().anyMatch(c -> ",=:\"*?\n".indexOf(c) >= 0) ? ObjectName.quote(region) : region;
    }

    private synchronized void register(String objectName, Object bean) {
        try {
            registered.add(
                    server.registerMBean(bean, new ObjectName(objectName)).getObjectName());
        } catch (JMException | RuntimeException e) {
            if (complained) {
                log.debug("[{}] {} cannot be registered either", name, objectName, e);
            } else {
                complained = true;
                log.warn("[{}] {} cannot be registered as an MBean; the cache works without it", name, objectName, e);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (ObjectName bean : registered) {
            try {
                server.unregisterMBean(bean);
            } catch (JMException | RuntimeException e) {
                log.debug("[{}] {} cannot be unregistered", name, bean, e);
            }
        }
        registered.clear();
    }
}
