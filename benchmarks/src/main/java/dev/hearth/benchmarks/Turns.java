package dev.hearth.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** One variant's turns at one row. */
final class Turns implements AutoCloseable {
    /* Between two turns of one variant the others run: caches of the processor have gone cold, and a pool checks a
     * connection that was idle for half a second. The start of a turn makes up for that, and is not counted. */
    private static final int START_SHARE = 10;
    private static final int DIGITS = 3;
    private static final double MICRO = 1e3;

    private final Row row;
    private final Application application;
    private final Operation single;
    private final Crew crew;
    private final Histogram times = new Histogram(DIGITS);
    private final List<Double> medians = new ArrayList<>();

    Turns(Row row, Application application) {
        this.row = row;
        this.application = application;
        this.single = row.work().on(application, row.threads());
        this.crew = new Crew(
                row.throughput() ? row.threads() : 0, seed -> row.work().on(application, seed));
    }

    /** Fills the cache, does the row for as long as it takes to be compiled, and makes sure that the cache serves it. */
    void warmUp(Duration time) {
        row.filling().accept(application);
        CacheCheck.verify(application, row, single);
        turn(time);
        CacheCheck.verify(application, row, single);
        times.reset();
        medians.clear();
    }

    /** Takes one turn, and keeps what was measured. */
    void turn(Duration time) {
        Duration start = time.dividedBy(START_SHARE);
        if (row.throughput()) {
            crew.perSecond(start);
            medians.add(crew.perSecond(time));
        } else {
            repeat(start, new Histogram(DIGITS));
            Histogram turn = new Histogram(DIGITS);
            repeat(time, turn);
            times.add(turn);
            medians.add(turn.getValueAtPercentile(50) / MICRO);
        }
    }

    private void repeat(Duration time, Histogram into) {
        long end = System.nanoTime() + time.toNanos();
        long now;
        do {
            single.ready();
            long begin = System.nanoTime();
            single.run();
            now = System.nanoTime();
            into.recordValue(now - begin);
        } while (now < end);
    }

    /** What the turns came to, once more checked to have been served by the cache. */
    Figure figure() {
        CacheCheck.verify(application, row, single);
        double worst = row.throughput() ? 0 : times.getValueAtPercentile(99) / MICRO;
        return new Figure(row.throughput(), medians, worst);
    }

    @Override
    public void close() {
        crew.close();
    }
}
