package dev.hearth.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** The most that was left in the heap by any garbage collection while this was open: what is really held, about. */
final class HeapAfterCollections implements AutoCloseable {
    private final AtomicLong most = new AtomicLong();
    private final NotificationListener listener = (notification, context) -> {
        if (notification.getUserData() instanceof CompositeData data
                && notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            look(GarbageCollectionNotificationInfo.from(data));
        }
    };

    HeapAfterCollections() {
        collectors().forEach(collector -> collector.addNotificationListener(listener, null, null));
    }

    private static List<NotificationEmitter> collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(NotificationEmitter.class::cast)
                .toList();
    }

    private void look(GarbageCollectionNotificationInfo collection) {
        Set<String> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getName)
                .collect(Collectors.toSet());
        most.accumulateAndGet(
                collection.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                        .filter(pool -> heap.contains(pool.getKey()))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum(),
                Math::max);
    }

    /** Bytes; 0 if nothing was collected. */
    long most() {
        return most.get();
    }

    @Override
    public void close() throws ListenerNotFoundException {
        for (NotificationEmitter collector : collectors()) {
            collector.removeNotificationListener(listener);
        }
    }
}
