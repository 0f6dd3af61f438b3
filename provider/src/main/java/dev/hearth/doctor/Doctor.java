package dev.hearth.doctor;

import dev.hearth.hibernate.HibernateNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Examines a node: its mapping, its settings, what its regions and queries gain, and its Redis. Changes nothing. Safe for
 * concurrent use.
 */
public final class Doctor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Doctor.class);
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final int MAXIMUM_LOGGED = 1_000;

    private static final List<Check> CHECKS = List.of(
            new UnversionedEntities(),
            new CachedArrays(),
            new UncachedNaturalIdOwners(),
            new UnaskedNaturalIds(),
            new ShallowQueries(),
            new OutlivingQueries(),
            new ShortTimesToLive(),
            new UnhitRegions(),
            new Losses(),
            new ClearingStatements(),
            new LongLocks(),
            new LostMessages(),
            new Servers());

    private final HibernateNode node;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    public Doctor(HibernateNode node) {
        this.node = node;
    }

    /** Examines the node now and every ten minutes, in the background, until it is closed. */
    public void start() {
        Thread thread =
                new Thread(this::visit, "hearth-doctor-" + node.node().tier().node());
        thread.setDaemon(true);
        thread.start();
    }

    private void visit() {
        try {
            do {
                var unused = examine();
            } while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What is wrong now, the worst first. Asks every master of Redis once, and waits for that; logs what it has not
     * logged before.
     */
    public List<Finding> examine() {
        List<Finding> findings = CHECKS.stream()
                .flatMap(check -> check.examine(node))
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
        findings.forEach(this::log);
        return findings;
    }

    /* Once for each subject, as figures in the reason differ from time to time. */
    private void log(Finding finding) {
        if (closed.getCount() == 0
                || logged.size() >= MAXIMUM_LOGGED
                || !logged.add(finding.code() + " " + finding.subject())) {
            return;
        }
        String line = "[" + finding.subject() + "] " + finding.reason() + "; " + finding.remedy() + " ("
                + finding.code() + ")";
        switch (finding.severity()) {
            case INFO -> log.info(line);
            case WARNING -> log.warn(line);
            case ERROR -> log.error(line);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
