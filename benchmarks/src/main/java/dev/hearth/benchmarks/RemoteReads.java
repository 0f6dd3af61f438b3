package dev.hearth.benchmarks;

import dev.hearth.benchmarks.model.Customer;
import dev.hearth.hibernate.DomainRegion;
import dev.hearth.hibernate.FactoryHooks;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.Found;
import dev.hearth.store.RegionStore;
import dev.hearth.test.RedisConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.Config;

/**
 * How many existing entries of a region the threads of one node read from Redis in a second, below Hibernate and without
 * near copies; against as many threads that each issue plain GETs of values of the same size through Redisson. Both are
 * measured in turns, in one run. Takes {@code --delay}, {@code --rounds}, {@code --round}, {@code --warm-up}, {@code --out}
 * and {@code --quick} as {@link SideBySide} does.
 */
public final class RemoteReads {
    private static final String HEARTH = "hearth";
    private static final String GET = "get";
    private static final List<Integer> THREADS = List.of(1, 2, 4, 8, 32);
    // As many as Hearth keeps unless it is told otherwise, so that neither side has more.
    private static final int CONNECTIONS = 16;

    private final Options options;
    private final Report report = new Report(List.of(HEARTH, GET), GET);

    private RemoteReads(Options options) {
        this.options = options;
    }

    /** @param arguments as the class says */
    public static void main(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--variants=remote", "--out=target/remote-reads.md"));
        all.addAll(List.of(arguments));
        Options options = Options.parse(all.toArray(String[]::new));
        Report.publish(run(options, String.join(" ", arguments)), options.out());
    }

    /** Measures, and answers with the table. */
    static String run(Options options, String arguments) {
        RemoteReads run = new RemoteReads(options);
        try (Site site = new Site(options.delay());
                Application application = Application.start(site, Variants.named("remote"), 1)) {
            application.inTransaction(Reads.all(Customer.class, Data.PEOPLE));
            run.measure(site, application);
            return run.report.markdown(Heading.of(options, site, GET, "RemoteReads " + arguments));
        }
    }

    private void measure(Site site, Application application) {
        RedissonClient client = client(site);
        try {
            RegionStore store = store(application.implementor());
            List<EntryAddress> entries = entries(application.implementor(), store);
            List<String> plain = copies(site, entries);
            IntFunction<Operation> hearth = seed -> reading(store, entries, seed);
            IntFunction<Operation> get = seed -> getting(client, plain, seed);
            measure("one read, 1 thread", Turns.timed(hearth), Turns.timed(get));
            for (int threads : THREADS) {
                String title = "reads, " + threads + (threads == 1 ? " thread" : " threads");
                measure(title, Turns.counted(threads, hearth), Turns.counted(threads, get));
            }
        } finally {
            client.shutdown();
        }
    }

    private void measure(String title, Turns hearth, Turns get) {
        try (hearth;
                get) {
            hearth.warmUp(options.warmUp());
            get.warmUp(options.warmUp());
            for (int round = 0; round < options.rounds(); round++) {
                hearth.turn(options.round());
                get.turn(options.round());
            }
            report.add(title, Map.of(HEARTH, hearth.figure(), GET, get.figure()));
        }
    }

    private static RedissonClient client(Site site) {
        Config config = new Config();
        config.setCodec(ByteArrayCodec.INSTANCE);
        config.useSingleServer()
                .setAddress(site.redis().url())
                .setConnectionPoolSize(CONNECTIONS)
                .setConnectionMinimumIdleSize(CONNECTIONS);
        return Redisson.create(config);
    }

    private static RegionStore store(SessionFactoryImplementor factory) {
        FactoryHooks hearth = (FactoryHooks) factory.getCache().getRegionFactory();
        DomainRegion region = hearth.hibernate().regions().get(Customer.class.getName());
        if (region == null) {
            throw new IllegalStateException("The node has no region of customers");
        }
        return region.store();
    }

    /** Where the customers lie. The region has one bucket, so that the hash of a key does not matter. */
    private static List<EntryAddress> entries(SessionFactoryImplementor factory, RegionStore store) {
        EntityPersister persister = factory.getMappingMetamodel().getEntityDescriptor(Customer.class);
        EntityDataAccess access = persister.getCacheAccessStrategy();
        String start = store.address("").entry();
        return LongStream.rangeClosed(1, Data.PEOPLE)
                .mapToObj(id ->
                        access.generateCacheKey(id, persister, factory, null).toString())
                .map(key -> store.address(key.substring(start.length())))
                .toList();
    }

    /** The same values under keys of their own, in the same order. */
    private static List<String> copies(Site site, List<EntryAddress> entries) {
        List<String> keys = new ArrayList<>();
        try (RedisConnection redis = site.redis().connect()) {
            for (EntryAddress entry : entries) {
                byte[] value = (byte[]) redis.call("GET", entry.entry());
                if (value == null) {
                    throw new IllegalStateException("There is no entry under " + entry.entry());
                }
                String key = "remote-reads:" + keys.size();
                redis.call("SET", key, value);
                keys.add(key);
            }
        }
        return keys;
    }

    private static Operation reading(RegionStore store, List<EntryAddress> entries, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return () -> {
            Found found = store.get(entries.get(random.nextInt(entries.size())));
            if (!(found instanceof Found.Value)) {
                throw new IllegalStateException("An entry was not found: " + found);
            }
        };
    }

    private static Operation getting(RedissonClient client, List<String> keys, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return () -> {
            byte @Nullable [] value = client.<byte[]>getBucket(
                            keys.get(random.nextInt(keys.size())), ByteArrayCodec.INSTANCE)
                    .get();
            if (value == null) {
                throw new IllegalStateException("A value was not found");
            }
        };
    }
}
