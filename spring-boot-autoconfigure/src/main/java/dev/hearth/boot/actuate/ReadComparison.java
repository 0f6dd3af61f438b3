package dev.hearth.boot.actuate;

import dev.hearth.boot.HearthUnit;
import dev.hearth.statistics.Latency;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.statistics.RoundTrips;
import java.time.Duration;
import java.util.List;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.persister.entity.EntityPersister;

/** Finds the same entities in the database, in Redis and inside the process, each in a session of its own. Used once. */
final class ReadComparison {
    /* Where a read was answered is told by what happened: one that has waited for Redis was remote, one that has not was near,
     * and one during which the region has counted a miss may have gone on to the database. Other sessions' misses discard a
     * read, too, which is on the safe side. A round lets go of what is near, so that the first read of each entity is remote. */
    private final HearthUnit unit;
    private final EntityPersister entity;
    private final String region;
    private final RegionStatistics counted;
    private final int samples;
    private final long deadline;
    private final Latency database = new Latency();
    private final Latency remote = new Latency();
    private final Latency near = new Latency();
    private int discarded;

    /**
     * @param samples how many reads of each kind are wanted
     * @param limit when to end, done or not
     */
    ReadComparison(HearthUnit unit, EntityPersister entity, int samples, Duration limit) {
        this.unit = unit;
        this.entity = entity;
        this.region = entity.getCacheAccessStrategy().getRegion().getName();
        this.counted = unit.cache().statistics(region).orElseThrow();
        this.samples = samples;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** @param most how many different entities to read at the most */
    PerformanceDescriptor run(int most) {
        List<?> ids = ids(Math.min(most, samples));
        // What nobody has asked for yet is loaded once, and the code warms up.
        ids.forEach(id -> find(id, CacheMode.NORMAL));
        for (int read = 0; read < samples && goesOn(ids); ) {
            unit.cache().forgetNear(region);
            int end = Math.min(samples, read + ids.size());
            List<?> round = ids.subList(0, end - read);
            round.forEach(this::readDatabase);
            round.forEach(this::readCache);
            round.forEach(this::readCache);
            read = end;
        }
        return new PerformanceDescriptor(
                unit.name(),
                entity.getEntityName(),
                region,
                ids.size(),
                LatencyDescriptor.of(database.snapshot()),
                LatencyDescriptor.of(remote.snapshot()),
                LatencyDescriptor.of(near.snapshot()),
                discarded,
                goesOn(ids));
    }

    private boolean goesOn(List<?> ids) {
        return !ids.isEmpty() && System.nanoTime() - deadline < 0;
    }

    private List<?> ids(int limit) {
        try (Session session = factory().openSession()) {
            return session.createSelectionQuery("select e.id from " + entity.getEntityName() + " e", Object.class)
                    .setMaxResults(limit)
                    .getResultList();
        }
    }

    private void readDatabase(Object id) {
        database.record(find(id, CacheMode.IGNORE));
    }

    private void readCache(Object id) {
        long misses = counted.totalMisses();
        long waits = RoundTrips.onThisThread();
        long nanos = find(id, CacheMode.GET);
        if (counted.totalMisses() != misses) {
            discarded++;
        } else if (RoundTrips.onThisThread() == waits) {
            near.record(nanos);
        } else {
            remote.record(nanos);
        }
    }

    private long find(Object id, CacheMode mode) {
        try (Session session = factory().openSession()) {
            session.setDefaultReadOnly(true);
            session.setCacheMode(mode);
            long begin = System.nanoTime();
            var unused = session.find(entity.getMappedClass(), id);
            return System.nanoTime() - begin;
        }
    }

    private SessionFactory factory() {
        return unit.sessionFactory();
    }
}
