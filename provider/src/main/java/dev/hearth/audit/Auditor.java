package dev.hearth.audit;

import dev.hearth.config.AuditSettings;
import dev.hearth.hibernate.HibernateNode;
import dev.hearth.hibernate.ServedEntity;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a sample of the entities that the cache serves with the database, in the background and at a bounded rate: each
 * takes up to two statements and two reads of Redis. Safe for concurrent use.
 */
public final class Auditor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Auditor.class);
    /* Beyond it hits are passed over, as the sample is one by chance anyway. */
    private static final int WAITING = 100;

    private final String node;
    private final AuditSettings settings;
    private final BlockingQueue<ServedEntity> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Map<String, AuditFigures> figures = new ConcurrentHashMap<>();
    private final Thread thread;

    Auditor(String node, AuditSettings settings) {
        this.node = node;
        this.settings = settings;
        this.thread = new Thread(this::work, "hearth-audit-" + node);
        thread.setDaemon(true);
    }

    /** Audits the node from now on, if the settings ask for it. */
    public static Auditor of(HibernateNode node, AuditSettings settings) {
        Auditor auditor = new Auditor(node.node().tier().node(), settings);
        if (settings.sample() > 0) {
            auditor.thread.start();
            node.audit(settings.sample(), auditor::offer);
        }
        return auditor;
    }

    void offer(ServedEntity served) {
        var unused = waiting.offer(served);
    }

    private void work() {
        long pause = TimeUnit.SECONDS.toMicros(1) / settings.rate();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                audit(waiting.take());
                TimeUnit.MICROSECONDS.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void audit(ServedEntity served) {
        Verdict verdict = verdict(served);
        AuditFigures now =
                figures.merge(served.region(), AuditFigures.NONE.with(verdict), (before, one) -> before.with(verdict));
        if (verdict == Verdict.STALE && now.stale() == 1) {
            log.warn(
                    "[{}] an entry was served on node {} that is not what the database has, though nothing told the cache"
                            + " of a change; if something changes the table outside Hibernate, call invalidateTables after"
                            + " it. Further ones are counted, and not logged",
                    served.region(),
                    node);
        }
    }

    private Verdict verdict(ServedEntity served) {
        try {
            return Verdict.on(served);
        } catch (RuntimeException e) {
            log.debug("[{}] a hit could not be audited", served.region(), e);
            return Verdict.UNDECIDED;
        }
    }

    /** What was found so far, by region; nothing of regions of which nothing was audited. */
    public Map<String, AuditFigures> figures() {
        return new TreeMap<>(figures);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
