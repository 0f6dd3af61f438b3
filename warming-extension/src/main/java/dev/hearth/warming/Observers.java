package dev.hearth.warming;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what happens, and lets none of them disturb it. */
final class Observers {
    private static final Logger log = LoggerFactory.getLogger(Observers.class);

    private final List<WarmingListener> listeners = new CopyOnWriteArrayList<>();

    void add(WarmingListener listener) {
        listeners.add(listener);
    }

    void remove(WarmingListener listener) {
        listeners.remove(listener);
    }

    void changed(TaskState before, TaskStatus now) {
        tell(listener -> listener.stateChanged(before, now));
    }

    void progressed(String task, TaskProgress progress) {
        tell(listener -> listener.progressed(task, progress));
    }

    private void tell(Consumer<WarmingListener> news) {
        for (WarmingListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                log.warn("A listener of warming failed: {}", listener, e);
            }
        }
    }
}
