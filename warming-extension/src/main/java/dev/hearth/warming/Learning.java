package dev.hearth.warming;

import dev.hearth.CacheUnavailableException;
import dev.hearth.statistics.QueryFigures;
import dev.hearth.warming.LearnedStore.Learned;
import dev.hearth.warming.WarmTarget.Learned.Part;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers what is hot, and says at the next start what was. Safe for concurrent use. */
final class Learning {
    private static final Logger log = LoggerFactory.getLogger(Learning.class);

    private final WarmingNode node;
    private final SessionFactoryImplementor factory;
    private final List<WarmTask> declared;
    private final LearnedStore store;
    private final Observation observation;
    private final AtomicBoolean saving = new AtomicBoolean();
    private volatile long triedNanos;
    private volatile List<QueryFigures> unwarmed = List.of();
    private @Nullable Set<String> warmedQueries;
    private boolean told;
    private @Nullable Prepared prepared;
    private volatile LearnedRecord last = LearnedRecord.EMPTY;

    Learning(WarmingNode node, SessionFactoryImplementor factory, List<WarmTask> declared) {
        this.node = node;
        this.factory = factory;
        this.declared = declared;
        this.store = new LearnedStore(node);
        this.observation = new Observation(node);
        this.triedNanos = node.time().nanoTime();
    }

    // Remembering

    /** Saves, if it is time to, on one of these threads. */
    void look(Executor workers) {
        long interval = node.settings().learning().interval().toNanos();
        if (node.time().nanoTime() - triedNanos >= interval && node.available() && saving.compareAndSet(false, true)) {
            workers.execute(() -> {
                try {
                    save();
                } finally {
                    saving.set(false);
                }
            });
        }
    }

    /** Adds to what all nodes remember what was hot here since the last time; without Redis, that is for the next time. */
    synchronized void save() {
        triedNanos = node.time().nanoTime();
        if (!node.available()) {
            return;
        }
        try {
            LearnedRecord seen = observation.look();
            if (seen.isEmpty()) {
                return;
            }
            if (store.add(seen)) {
                observation.saved();
            }
            log.debug(
                    "[{}] {} keys and {} queries were hot",
                    node.name(),
                    seen.keys(),
                    seen.queries().size());
            tell();
        } catch (CacheUnavailableException e) {
            log.debug("[{}] what was hot could not be saved, and is at the next time", node.name(), e);
        } catch (RuntimeException e) {
            log.warn("[{}] what is hot cannot be remembered; this is tried again", node.name(), e);
        }
    }

    private void tell() {
        if (warmedQueries == null) {
            warmedQueries = plan().warmedQueries();
        }
        Set<String> warmed = warmedQueries;
        unwarmed = observation.top().stream()
                .filter(query -> query.benefit().netNanos() > 0)
                .filter(query -> !warmed.contains(QueryShapes.digest(query.region(), query.sql())))
                .toList();
        if (!unwarmed.isEmpty() && !told) {
            told = true;
            log.info(
                    "[{}] {} queries gain from the cache and nothing warms them, as their parameters are not remembered;"
                            + " Warming.learning() names them, @WarmQuery would warm them",
                    node.name(),
                    unwarmed.size());
        }
    }

    private LearnedPlan plan() {
        return new LearnedPlan(
                factory,
                node.cache().hotEntries(),
                declared,
                node.settings().learning().queries());
    }

    // Warming

    /** What is to be warmed, by what was remembered at one moment. */
    private record Prepared(Learned learned, List<Part> parts) {}

    /**
     * Looks at what was remembered, for a run that is to begin; answers a text that changes with it, and when a region was
     * cleared since.
     *
     * @throws RuntimeException if Redis does not answer
     */
    synchronized String definition() {
        Prepared known = prepared;
        if (known == null) {
            Learned learned = store.read();
            last = learned.record();
            prepared = known = new Prepared(learned, parts(learned.record()));
        }
        String generations = node.cache().hotEntries().regions().stream()
                .map(region -> node.cache().generation(region).orElse(""))
                .collect(Collectors.joining(","));
        return known.learned.number() + ":" + TaskCatalog.digest(generations);
    }

    /* Whatever is the matter with it must not keep tasks waiting that come after this one. */
    private List<Part> parts(LearnedRecord record) {
        try {
            return plan().parts(record);
        } catch (RuntimeException e) {
            log.warn("[{}] what was hot before does not fit the mapping and is not warmed", node.name(), e);
            return List.of();
        }
    }

    /** What {@link #definition} has looked at. */
    synchronized WarmTarget.Learned target() {
        return new WarmTarget.Learned(prepared == null ? List.of() : prepared.parts);
    }

    /** The run is over: the next one looks anew. */
    synchronized void forget() {
        prepared = null;
    }

    LearningStatus status() {
        return new LearningStatus(
                true,
                store.saves(),
                store.unreadable(),
                last.keys(),
                last.queries().size(),
                unwarmed);
    }
}
