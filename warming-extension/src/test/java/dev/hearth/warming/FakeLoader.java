package dev.hearth.warming;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Loads numbers instead of rows, in pages, as many as the test lets it. */
final class FakeLoader implements Loader {
    static final int PAGE = 10;
    static final int ROWS = 100;

    private static final int UNLIMITED = 1_000_000;

    private final Semaphore pages = new Semaphore(0);
    private final Map<String, List<Integer>> loaded = new ConcurrentHashMap<>();
    private final List<String> order = new CopyOnWriteArrayList<>();
    private volatile RuntimeException failure;
    private volatile Runnable work = () -> {};

    /** One that does not wait for the test. */
    static FakeLoader unlimited() {
        FakeLoader loader = new FakeLoader();
        loader.allow(UNLIMITED);
        return loader;
    }

    void allow(int more) {
        pages.release(more);
    }

    /** From the next page on the database fails; with null it is back. */
    void failWith(RuntimeException e) {
        failure = e;
    }

    /** What a page does from now on. */
    void eachPageDoes(Runnable action) {
        work = action;
    }

    /** The targets in the order in which their loads began. */
    List<String> order() {
        return List.copyOf(order);
    }

    /** The rows of a target, in the order in which they were loaded. */
    List<Integer> loaded(String target) {
        return List.copyOf(loaded.getOrDefault(target, List.of()));
    }

    static String name(WarmTarget target) {
        return target instanceof WarmTarget.Entities entities
                ? entities.entity().getSimpleName()
                : ((WarmTarget.Results) target).query();
    }

    @Override
    public long estimate(WarmTarget target) {
        return ROWS;
    }

    @Override
    public void load(WarmTarget target, Run run) throws InterruptedException {
        order.add(name(target));
        List<Integer> rows = loaded.computeIfAbsent(name(target), key -> new CopyOnWriteArrayList<>());
        int at = run.checkpoint() == null ? 0 : Integer.parseInt(run.checkpoint());
        while (at < ROWS) {
            run.beforePage(PAGE);
            while (!pages.tryAcquire(20, TimeUnit.MILLISECONDS)) {
                run.beforePage(0);
            }
            RuntimeException now = failure;
            if (now != null) {
                pages.release();
                throw now;
            }
            work.run();
            for (int row = at; row < at + PAGE; row++) {
                rows.add(row);
            }
            at += PAGE;
            run.afterPage(PAGE, PAGE - 1, 1, Integer.toString(at));
        }
    }
}
