package dev.hearth.warming;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Opens once every critical task that runs at the start is over. */
final class CriticalLatch implements WarmingListener {
    private final Set<String> open;
    private final CountDownLatch latch;

    CriticalLatch(Collection<ManagedTask> tasks) {
        open = tasks.stream()
                .filter(task -> task.priority() == Priority.CRITICAL)
                .filter(task -> task.checked().task().triggers().contains(Trigger.START))
                .map(ManagedTask::name)
                .collect(Collectors.toCollection(ConcurrentHashMap::newKeySet));
        latch = new CountDownLatch(open.size());
    }

    @Override
    public void stateChanged(TaskState before, TaskStatus now) {
        if (now.state().isOver() && open.remove(now.name())) {
            latch.countDown();
        }
    }

    boolean await(Duration patience) throws InterruptedException {
        return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nothing more will come. */
    void release() {
        while (latch.getCount() > 0) {
            latch.countDown();
        }
    }
}
