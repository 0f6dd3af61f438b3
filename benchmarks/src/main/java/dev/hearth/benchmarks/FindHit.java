package dev.hearth.benchmarks;

import dev.hearth.benchmarks.model.Customer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code find} of one of 1,000 cached entities, in a session and a transaction of its own, in a JVM that knows one variant
 * only. {@code -t} sets the threads, {@code -p variant=} the variants.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class FindHit {
    @Param({"near", "bare", "jcache"})
    public String variant = "";

    private @Nullable Site site;
    private @Nullable Application application;

    /** Starts the application and fills its cache. */
    @Setup
    public void start() {
        Variant chosen =
                Options.parse("--rows=find", "--variants=" + variant).variants().get(0);
        site = new Site(Duration.ZERO);
        application = Application.start(site, chosen, 1);
        Row row = Rows.named(List.of("find")).get(0);
        row.filling().accept(application);
        CacheCheck.verify(application, row, row.work().on(application, 0));
    }

    @TearDown
    public void stop() {
        if (application != null) {
            application.close();
        }
        if (site != null) {
            site.close();
        }
    }

    @Benchmark
    public Customer find() {
        long id = ThreadLocalRandom.current().nextLong(1, Data.PEOPLE + 1);
        return application().fromTransaction(session -> session.find(Customer.class, id));
    }

    private Application application() {
        Application running = application;
        if (running == null) {
            throw new IllegalStateException("JMH starts the application first");
        }
        return running;
    }
}
