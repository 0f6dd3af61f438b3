package dev.hearth.histories;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hibernate.SessionFactory;

/** A node in this process. */
final class LocalNode implements HistoryNode {
    private final SessionFactory factory;
    private final int number;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param number tells this node's transactions from those of others */
    LocalNode(SessionFactory factory, int number) {
        this.factory = factory;
        this.number = number;
    }

    @Override
    public Future<Log> work(String round, long seed, Crew crew, long until) {
        Random seeds = new Random(seed + number);
        List<Worker> workers = new ArrayList<>();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < crew.all() + crew.readers(); i++) {
            Worker worker = new Worker(factory, name(round) + (char) ('a' + i), seeds.nextLong(), until);
            workers.add(worker);
            running.add(threads.submit(i < crew.all() ? worker : worker::onlyRead));
        }
        return threads.submit(() -> {
            for (Future<?> worker : running) {
                worker.get();
            }
            Log log = new Log();
            workers.forEach(worker -> log.add(worker.log()));
            return log;
        });
    }

    @Override
    public Future<Log> settle(String round) {
        Worker reader = new Worker(factory, name(round), 0, 0);
        return threads.submit(reader::readAll, reader.log());
    }

    private String name(String round) {
        return round + "n" + number;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
