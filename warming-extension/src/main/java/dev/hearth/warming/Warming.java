package dev.hearth.warming;

import dev.hearth.HearthRegionFactory;
import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.SettingProblem;
import dev.hearth.config.SettingTypes;
import dev.hearth.warming.ManagedTask.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warming on one node: loads what is declared into the cache ahead of its use, in the background, once for all nodes. Ends
 * with its session factory, or before. Safe for concurrent use.
 *
 * <pre>{@code
 * Warming warming = Warming.start(sessionFactory);
 * warming.awaitCritical(Duration.ofMinutes(1));
 * }</pre>
 */
public final class Warming implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Warming.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final WarmingNode node;
    private final Plan plan;
    private final Loader loader;
    private final CriticalLatch critical;
    private final Orders orders;
    private final @Nullable Learning learning;
    private final Dispatcher dispatcher;
    private final ExecutorService workers;
    private final Thread thread;
    private final WarmingJmx jmx;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Warming(WarmingNode node, List<TaskCatalog.Checked> tasks, Loader loader, @Nullable Learning learning) {
        this.node = node;
        this.loader = loader;
        this.learning = learning;
        this.plan = new Plan(tasks.stream()
                .map(task -> new ManagedTask(task, node.observers()))
                .toList());
        this.critical = new CriticalLatch(plan.tasks());
        node.observers().add(critical);
        this.workers = Executors.newCachedThreadPool(threads("hearth-warming-"));
        this.orders = new Orders(node, plan.tasks());
        this.dispatcher = new Dispatcher(node, plan, orders, new TaskRunner(node, loader, learning), learning, workers);
        this.thread = threads("hearth-warming-plan-").newThread(dispatcher);
        this.jmx = new WarmingJmx(this, node.name());
    }

    private static ThreadFactory threads(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Whether the session factory's entities or these settings declare anything to warm, or have it learned.
     *
     * @throws HearthConfigurationException if a declaration is wrong; it lists everything that is
     */
    public static boolean isDeclared(SessionFactory factory, WarmingSettings settings) {
        return settings.enabled()
                && (settings.learning().enabled()
                        || !TaskCatalog.of(factory.unwrap(SessionFactoryImplementor.class), settings)
                                .isEmpty());
    }

    /**
     * Begins to warm what the session factory's entities and settings declare.
     *
     * @throws HearthConfigurationException if the cache is not Hearth's, or a declaration or setting is wrong; it lists
     *     everything that is
     */
    public static Warming start(SessionFactory factory) {
        return start(factory, WarmingSettings.read(factory.getProperties()));
    }

    /** As {@link #start(SessionFactory)}, with these settings and the tasks that they bring. */
    public static Warming start(SessionFactory factory, WarmingSettings settings) {
        return start(factory, settings, new DatabaseLoader(factory));
    }

    /** As {@link #start(SessionFactory, WarmingSettings, Loader, WarmingTime)}. */
    static Warming start(SessionFactory factory, WarmingSettings settings, Loader loader) {
        return start(factory, settings, loader, WarmingTime.SYSTEM);
    }

    /**
     * Checks all that is declared, and begins to warm.
     *
     * @throws HearthConfigurationException if anything does not fit the mapping; it lists everything that does not
     */
    static Warming start(SessionFactory factory, WarmingSettings settings, Loader loader, WarmingTime time) {
        SessionFactoryImplementor implementor = factory.unwrap(SessionFactoryImplementor.class);
        if (!(implementor.getCache().getRegionFactory() instanceof HearthRegionFactory cache)) {
            throw new HearthConfigurationException(new SettingProblem(
                    "hibernate.cache.region.factory_class",
                    "is not hearth, so there is no cache to warm",
                    "set it to hearth, and hibernate.cache.use_second_level_cache to true"));
        }
        List<TaskCatalog.Checked> tasks = settings.enabled() ? TaskCatalog.of(implementor, settings) : List.of();
        WarmingNode node = new WarmingNode(
                cache, cache.clusterTasks(), settings, time, new Pacing(settings.rowsPerSecond()), new Observers());
        Warming warming = settings.enabled() && settings.learning().enabled()
                ? learning(node, tasks, loader, implementor)
                : new Warming(node, tasks, loader, null);
        implementor.addObserver(new SessionFactoryObserver() {
            @Override
            public void sessionFactoryClosing(SessionFactory closing) {
                warming.close();
            }
        });
        warming.begin();
        return warming;
    }

    private static Warming learning(
            WarmingNode node, List<TaskCatalog.Checked> tasks, Loader loader, SessionFactoryImplementor factory) {
        List<TaskCatalog.Checked> all = new ArrayList<>(tasks);
        all.add(TaskCatalog.learned(factory));
        List<WarmTask> declared = tasks.stream().map(TaskCatalog.Checked::task).toList();
        return new Warming(node, all, loader, new Learning(node, factory, declared));
    }

    private void begin() {
        jmx.register();
        log.info(
                "[{}] warms {} tasks, {} at a time: {}",
                node.name(),
                plan.tasks().size(),
                node.settings().workers(),
                plan.ordered().stream()
                        .map(task -> task.name() + " (" + task.priority().name().toLowerCase(Locale.ROOT) + ")")
                        .toList());
        thread.start();
    }

    // Looking

    /**
     * The tasks in the order in which they run, with about as many rows as they have: asks the database, and so may wait for
     * it.
     */
    public List<PlannedTask> plan() {
        return plan.ordered().stream()
                .map(task -> new PlannedTask(
                        task.name(),
                        task.priority(),
                        task.checked().region(),
                        loader.estimate(task.checked().task().currentTarget())))
                .toList();
    }

    /** Every task as this node sees it, in the order in which they run. */
    public List<TaskStatus> status() {
        return plan.ordered().stream().map(ManagedTask::status).toList();
    }

    /**
     * A task as this node sees it.
     *
     * @throws IllegalArgumentException if there is no such task
     */
    public TaskStatus status(String task) {
        return find(task).status();
    }

    /**
     * What a task has done on this node.
     *
     * @throws IllegalArgumentException if there is no such task
     */
    public TaskTotals totals(String task) {
        return find(task).totals();
    }

    /**
     * Every task as all nodes see it; waits for Redis.
     *
     * @throws org.hibernate.cache.CacheException if Redis does not answer
     */
    public List<ClusterStatus> clusterStatus() {
        List<String> names = plan.ordered().stream().map(ManagedTask::name).toList();
        return node.cluster().tasks(names).stream()
                .map(task -> new ClusterStatus(
                        task.name(),
                        task.runner(),
                        task.begun(),
                        task.succeeded(),
                        RunCheckpoint.progress(task.progress()),
                        Orders.isPause(task.order()),
                        task.history().stream()
                                .flatMap(line -> RunRecord.parse(line).stream())
                                .toList()))
                .toList();
    }

    /** What this node has learned of what is hot. */
    public LearningStatus learning() {
        return learning == null ? LearningStatus.OFF : learning.status();
    }

    public WarmingHealth health() {
        return Health.of(status(), node.available(), closed.get());
    }

    /**
     * Waits until every critical task that runs at the start has run, here or on another node, or has failed, which
     * {@link #health} tells.
     *
     * @return false if that took longer
     */
    public boolean awaitCritical(Duration patience) throws InterruptedException {
        return critical.await(patience);
    }

    public void addListener(WarmingListener listener) {
        node.observers().add(listener);
    }

    public void removeListener(WarmingListener listener) {
        node.observers().remove(listener);
    }

    // Acting

    /** Has a task run as soon as its turn comes. False if it is to run already. */
    public boolean start(String task) {
        return start(Collections.singleton(find(task))) == 1;
    }

    /** Has the tasks run that fill a region, and answers how many were not to run already. */
    public int startRegion(String region) {
        return start(where(task -> task.checked().region().equals(region)));
    }

    /** Has the tasks of a class run, and answers how many were not to run already. */
    public int start(Priority priority) {
        return start(where(task -> task.priority() == priority));
    }

    private List<ManagedTask> where(Predicate<ManagedTask> condition) {
        return plan.tasks().stream().filter(condition).toList();
    }

    private int start(Collection<ManagedTask> tasks) {
        tasks.forEach(orders::release);
        if (closed.get()) throw new IllegalStateException("Warming has ended on this node");
        Wish wish = new Wish(null, node.time().nanoTime());
        int started = (int) tasks.stream().filter(task -> task.wish(wish)).count();
        dispatcher.wake();
        return started;
    }

    /** Has a task wait on this node, if it runs at its next page. False if it is not to run, or paused already. */
    public boolean pause(String task) {
        return find(task).pause();
    }

    /** Has a task go on that is paused on this node. False if it was not paused. */
    public boolean resume(String task) {
        orders.release(find(task));
        boolean resumed = find(task).resume();
        dispatcher.wake();
        return resumed;
    }

    /** Ends a task on this node, at its next page if it runs; its schedule has it run again. False if it was over. */
    public boolean cancel(String task) {
        return find(task).cancel("asked for");
    }

    /**
     * Has all nodes start, pause, resume or cancel a task: this one at once, the others when they look next, which they do
     * every {@code watch-interval}; what runs heeds it at its next page. Returns when Redis knows. A task stays paused, also
     * for nodes and runs that begin later, until another order comes, or it is resumed on a node for that node.
     *
     * @throws org.hibernate.cache.CacheException if Redis does not answer: then it is not known whether the others will do it
     */
    public void everywhere(TaskOrder order, String task) {
        orders.give(find(task), order);
        dispatcher.wake();
    }

    /** How many rows this node reads in a second at the most; 0 for no limit. */
    public int rowsPerSecond() {
        return node.pacing().rate();
    }

    public void rowsPerSecond(int rows) {
        node.pacing().rate(rows);
    }

    private ManagedTask find(String name) {
        return plan.tasks().stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no task '" + name + "'"
                        + SettingTypes.nearest(
                                        name,
                                        plan.tasks().stream()
                                                .map(ManagedTask::name)
                                                .toList())
                                .map(nearest -> "; the nearest is '" + nearest + "'")
                                .orElse("")));
    }

    /** Ends what runs at its next page, leaves its checkpoint to other nodes, and waits for that, 5 s at the most. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        dispatcher.stop();
        if (learning != null) {
            learning.save();
        }
        awaitEnd(thread);
        plan.tasks().forEach(task -> {
            TaskRun run = task.run();
            if (run != null) {
                run.end(TaskRun.Ending.CLOSED);
            } else {
                task.cancel(TaskRun.Ending.CLOSED.text());
            }
        });
        workers.shutdown();
        try {
            if (!workers.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
        critical.release();
        jmx.unregister();
    }

    /* Until it is over, it may still give turns. */
    private static void awaitEnd(Thread thread) {
        try {
            thread.join(CLOSE_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
