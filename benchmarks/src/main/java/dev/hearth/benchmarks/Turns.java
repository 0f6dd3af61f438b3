package dev.hearth.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/** One contestant's turns at one row: either the time that one operation takes, or what several threads get done. */
final class Turns implements AutoCloseable {
    /* Between two turns of one contestant the others run: caches of the processor have gone cold, and a pool checks a
     * connection that was idle for half a second. The start of a turn makes up for that, and is not counted. */
    private static final int START_SHARE = 10;
    private static final int DIGITS = 3;
    private static final double MICRO = 1e3;

    private final boolean throughput;
    private final Operation single;
    private final Crew crew;
    private final Histogram times = new Histogram(DIGITS);
    private final List<Double> middles = new ArrayList<>();
    private long operations;

    private Turns(boolean throughput, int threads, IntFunction<Operation> operation) {
        this.throughput = throughput;
        this.single = operation.apply(threads);
        this.crew = new Crew(throughput ? threads : 0, operation);
    }

    /** Turns that measure how long one operation takes. */
    static Turns timed(IntFunction<Operation> operation) {
        return new Turns(false, 1, operation);
    }

    /** Turns that measure how many operations per second so many threads do; each has its own, made from its number. */
    static Turns counted(int threads, IntFunction<Operation> operation) {
        return new Turns(true, threads, operation);
    }

    /** An operation as the turns do it, for one thread. */
    Operation operation() {
        return single;
    }

    /** Takes a turn of which nothing is kept. */
    void warmUp(Duration time) {
        turn(time);
        times.reset();
        middles.clear();
        operations = 0;
    }

    /** The operations of all turns since the warm-up, their uncounted starts included. */
    long operations() {
        return operations;
    }

    /** Takes one turn, and keeps what was measured. */
    void turn(Duration time) {
        Duration start = time.dividedBy(START_SHARE);
        if (throughput) {
            middles.add(perSecond(start, time));
        } else {
            repeat(start, new Histogram(DIGITS));
            Histogram turn = new Histogram(DIGITS);
            repeat(time, turn);
            times.add(turn);
            middles.add(turn.getValueAtPercentile(50) / MICRO);
        }
    }

    private double perSecond(Duration start, Duration time) {
        operations += crew.work(start).operations();
        Crew.Work work = crew.work(time);
        operations += work.operations();
        return work.perSecond();
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
            operations++;
        } while (now < end);
    }

    /** What the turns came to; nothing is known of misses. */
    Figure figure() {
        return figure(0);
    }

    /**
     * What the turns came to.
     *
     * @param missed the share of operations that the cache did not serve
     */
    Figure figure(double missed) {
        double worst = throughput ? 0 : times.getValueAtPercentile(99) / MICRO;
        return new Figure(throughput, middles, worst, missed);
    }

    @Override
    public void close() {
        crew.close();
    }
}
