package dev.hearth.warming;

import dev.hearth.ClusterTasks.Order;
import dev.hearth.ClusterTasks.Task;
import dev.hearth.warming.ManagedTask.Wish;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives orders to all nodes, and obeys them. Each task has one order in Redis, the last; its number tells a node whether it
 * has obeyed already. {@link #look} is for one thread, the rest is safe for concurrent use.
 */
final class Orders {
    private static final Logger log = LoggerFactory.getLogger(Orders.class);

    private final WarmingNode node;
    private final Map<String, ManagedTask> tasks = new HashMap<>();
    private final Set<String> looked = new HashSet<>();
    private final Map<String, Order> obeyed = new HashMap<>();
    /* A run that begins later is paused as well. */
    private final Set<ManagedTask> paused = ConcurrentHashMap.newKeySet();
    private volatile boolean soon = true;
    private long lookedNanos;

    Orders(WarmingNode node, Collection<ManagedTask> tasks) {
        this.node = node;
        tasks.forEach(task -> this.tasks.put(task.name(), task));
    }

    static boolean isPause(@Nullable Order order) {
        return order != null && order.words().equals(words(TaskOrder.PAUSE));
    }

    private static String words(TaskOrder order) {
        return order.name().toLowerCase(Locale.ROOT);
    }

    /** Leaves an order, and has this node look for it at once. */
    void give(ManagedTask task, TaskOrder order) {
        node.cluster().order(task.name(), words(order));
        soon = true;
    }

    /** The node does with the task as it likes, until the next order. */
    void release(ManagedTask task) {
        paused.remove(task);
    }

    /** Obeys what has not been obeyed yet, every now and then. */
    void look() {
        long now = node.time().nanoTime();
        if ((soon || now - lookedNanos >= node.settings().watchInterval().toNanos()) && node.available()) {
            soon = false;
            lookedNanos = now;
            read().forEach(this::obey);
        }
        paused.forEach(ManagedTask::pause);
    }

    private List<Task> read() {
        try {
            return node.cluster().tasks(tasks.keySet());
        } catch (CacheException e) {
            log.debug("[{}] orders to all nodes could not be read, and are at the next look", node.name(), e);
            return List.of();
        }
    }

    private void obey(Task seen) {
        boolean first = looked.add(seen.name());
        Order order = seen.order();
        Order before = obeyed.get(seen.name());
        ManagedTask task = tasks.get(seen.name());
        if (before != null && (order == null || order.number() < before.number())) {
            putBack(seen.name(), order, before);
            return;
        }
        if (task == null || order == null || order.equals(before)) {
            return;
        }
        obeyed.put(seen.name(), order);
        if (isPause(order)) {
            paused.add(task);
            log.info("[{}] pauses warming '{}', as all nodes do", node.name(), task.name());
            return;
        }
        paused.remove(task);
        // What was wanted before this node was there concerns others.
        if (!first) {
            obey(task, order);
        }
    }

    /* Redis has lost the order along with the task. A pause stands until the next order, so whoever knows it puts it back for
     * nodes that start later; what was to be done once is done. Of several that come back the last stays. */
    private void putBack(String task, @Nullable Order there, Order lost) {
        if (there == null && !isPause(lost)) {
            return;
        }
        try {
            node.cluster().restore(task, lost);
        } catch (CacheException e) {
            log.debug("[{}] an order to all nodes could not be put back, and is at the next look", node.name(), e);
        }
    }

    private void obey(ManagedTask task, Order order) {
        log.info("[{}] obeys an order to all nodes: {} '{}'", node.name(), order.words(), task.name());
        if (order.words().equals(words(TaskOrder.START))) {
            task.wish(new Wish(null, node.time().nanoTime(), order.number()));
        } else if (order.words().equals(words(TaskOrder.RESUME))) {
            task.resume();
        } else if (order.words().equals(words(TaskOrder.CANCEL))) {
            task.cancel("asked for, on all nodes");
        }
    }
}
