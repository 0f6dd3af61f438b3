package dev.hearth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisExtension;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Shop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node does when somebody else writes to its Redis: nothing but ask the database. */
final class HostileRedisIT {
    private static final long SEED = 20260103;
    private static final int MUTATIONS = 400;
    private static final int HEALED_EVERY = 16;
    private static final int HUGE = 8 << 20;
    private static final long SMALL = 1 << 20;
    private static final long HEALS_WITHIN_SECONDS = 60;
    private static final String FAR_FUTURE = "9999999999999999";
    private static final String NEXT_CENTURY = "4102444800000000";

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension server = new RedisExtension();

    private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Spy spy = new Spy(HostileRedisIT.class.getClassLoader());
    private static final HearthRegionFactory factory = new HearthRegionFactory();
    private static final Map<HostileTarget, String> keys = new EnumMap<>(HostileTarget.class);
    private static final Random random = new Random(SEED);
    private static Nodes nodes;
    private static RedisConnection redis;
    private static String name = "Ada";

    /* Threads inherit the class loader that is to tell what anything on them looks for. */
    @BeforeAll
    static void start() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(spy);
        try {
            nodes = Nodes.on(postgres.database(), server.endpoint())
                    .setting("hibernate.cache.region_prefix", server.keyspace())
                    .setting("hibernate.cache.hearth.puts", "wait")
                    .setting("hibernate.cache.hearth.redis.command-timeout", "5s")
                    .regionFactory(factory)
                    .start(1);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        nodes.get(0).inTransaction(Shop::fill);
        redis = server.connect();
        for (HostileTarget target : HostileTarget.values()) {
            heal(target);
            keys.put(target, target.key(redis));
        }
    }

    @AfterAll
    static void stop() {
        redis.close();
        nodes.close();
    }

    /** Where the number of buckets ends in a region record: kind, generation, identity and the number. */
    private static final int BUCKETS_END = 1 + 16 + 16 + 4;

    @ParameterizedTest
    @EnumSource
    void everyTruncationIsAMissAndHeals(HostileTarget target) {
        byte[] sound = stored(target);
        int step = Math.max(1, sound.length / 60);
        for (int length = 0; length < sound.length; length += step) {
            byte[] cut = Arrays.copyOf(sound, length);
            overwrite(target, cut);
            survives(target, "cut to " + length + " bytes", cut.length);
            heal(target);
            sound = stored(target);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyMutationIsSurvivedAndHeals(HostileTarget target) {
        byte[] sound = stored(target);
        for (int i = 1; i <= MUTATIONS; i++) {
            byte[] mutant = mutate(sound);
            if (target == HostileTarget.RECORD && mutant.length >= BUCKETS_END) {
                // Another number of buckets is believed by every node, and makes all keys others; this one is left
                // alone.
                System.arraycopy(sound, BUCKETS_END - 4, mutant, BUCKETS_END - 4, 4);
            }
            overwrite(target, mutant);
            survives(target, "mutation " + i + ": " + printable(mutant), mutant.length);
            if (i % HEALED_EVERY == 0) {
                rename(target);
                heal(target);
                sound = stored(target);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyOfAnotherTypeIsSurvivedAndHeals(HostileTarget target) {
        String key = key(target);
        List<Object[]> others = List.of(
                new Object[] {"HSET", key, "field", "value"},
                new Object[] {"RPUSH", key, "value"},
                new Object[] {"SADD", key, "value"},
                new Object[] {"ZADD", key, "1", "value"},
                new Object[] {"XADD", key, "*", "field", "value"});
        for (Object[] other : others) {
            replace(key, other);
            survives(target, other[0].toString(), 0);
            heal(target);
            replace(key, other);
            rename(target);
            survives(target, other[0] + " before an update", 0);
            heal(target);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHugeValueIsSurvivedAndHeals(HostileTarget target) {
        byte[] sound = stored(target);
        byte[] huge = new byte[HUGE];
        random.nextBytes(huge);
        for (int kept : new int[] {0, Math.min(sound.length, 40)}) {
            System.arraycopy(sound, 0, huge, 0, kept);
            overwrite(target, huge);
            survives(target, "8 MB behind " + kept + " sound bytes", huge.length);
            rename(target);
            heal(target);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSerializedObjectIsNeverRead(HostileTarget target) throws IOException {
        byte[] sound = stored(target);
        byte[] object = serialized();
        byte[] behind = Arrays.copyOf(sound, Math.min(sound.length, 33) + object.length);
        System.arraycopy(object, 0, behind, behind.length - object.length, object.length);
        spy.names.clear();
        for (byte[] hostile : List.of(object, behind)) {
            overwrite(target, hostile);
            survives(target, "a serialized object", hostile.length);
            rename(target);
            heal(target);
        }
        assertThat(spy.names).noneMatch(found -> found.contains("Gadget"));
        assertThat(Gadget.reads).isZero();
    }

    @Test
    void aValueOfAnotherKeyIsAMiss() {
        nodes.get(0)
                .inTransaction(session ->
                        assertThat(session.find(Customer.class, 2L).getName()).isEqualTo("Bob"));
        String key = key(HostileTarget.ENTITY);
        String other = key.substring(0, key.length() - 1) + "2";
        assertThat(redis.number("EXISTS", other)).isOne();
        overwrite(HostileTarget.ENTITY, (byte[]) redis.call("GET", other));
        survives(HostileTarget.ENTITY, "the value of another key", 0);
        heal(HostileTarget.ENTITY);
    }

    @ParameterizedTest
    @EnumSource(names = {"ENTITY", "COLLECTION", "NATURAL_ID"})
    void aForgedLockKeepsNobodyAwayForLong(HostileTarget target) {
        for (String expiry : List.of(FAR_FUTURE, NEXT_CENTURY, "1", "x")) {
            String lock = "L0000000000000000";
            for (String forged : List.of(lock + "0", lock + "0000000000000000" + "0", lock + FAR_FUTURE + "1")) {
                overwrite(target, (forged + "someone:" + expiry + ";").getBytes(US_ASCII));
                survives(target, "a lock until " + expiry, 0);
                heal(target);
                overwrite(target, (forged + "someone:" + expiry + ";").getBytes(US_ASCII));
                rename(target);
                heal(target);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ENTITY", "COLLECTION", "NATURAL_ID"})
    void aForgedStampOfAValueHeals(HostileTarget target) {
        for (int position : new int[] {1, 17}) {
            for (String stamp : List.of(FAR_FUTURE, NEXT_CENTURY, "             nan", "             inf", "0x1p9999")) {
                byte[] forged = stored(target);
                System.arraycopy(stamp.getBytes(US_ASCII), 0, forged, position, stamp.length());
                overwrite(target, forged);
                survives(target, "stamp " + stamp + " at " + position, forged.length);
                rename(target);
                heal(target);
            }
        }
    }

    @Test
    void aRecordOfAForgedGenerationHeals() {
        for (String stamp : List.of(FAR_FUTURE, NEXT_CENTURY, "0000000000000000")) {
            byte[] forged = stored(HostileTarget.RECORD);
            System.arraycopy(stamp.getBytes(US_ASCII), 0, forged, 1, stamp.length());
            overwrite(HostileTarget.RECORD, forged);
            survives(HostileTarget.RECORD, "generation " + stamp, forged.length);
            rename(HostileTarget.RECORD);
            heal(HostileTarget.RECORD);
        }
    }

    @Test
    void aForgedBulkLockKeepsNobodyAwayForLong() {
        for (String holds : List.of("a:" + FAR_FUTURE + ";", "a:" + NEXT_CENTURY + ";", "garbage", "a:1;", ";:;:")) {
            byte[] record = stored(HostileTarget.RECORD);
            byte[] forged = Arrays.copyOf(record, record.length + holds.length());
            System.arraycopy(holds.getBytes(US_ASCII), 0, forged, record.length, holds.length());
            overwrite(HostileTarget.RECORD, forged);
            survives(HostileTarget.RECORD, "bulk locks " + holds, forged.length);
            heal(HostileTarget.RECORD);
            assertThat(stored(HostileTarget.RECORD))
                    .as("the record after bulk locks %s", holds)
                    .isEqualTo(record);
            rename(HostileTarget.RECORD);
            heal(HostileTarget.RECORD);
        }
    }

    @Test
    void forgedFencesKeepNobodyAwayForLong() {
        for (String stamp :
                List.of(FAR_FUTURE, NEXT_CENTURY, "             nan", "             inf", "garbage garbage!")) {
            int length = stored(HostileTarget.FENCES).length;
            overwrite(
                    HostileTarget.FENCES, stamp.repeat(length / stamp.length()).getBytes(US_ASCII));
            survives(HostileTarget.FENCES, "fences " + stamp, length);
            rename(HostileTarget.FENCES);
            heal(HostileTarget.FENCES);
        }
    }

    /** The lookup answers what the database holds, is counted, and makes no more of the bytes than they are. */
    private static void survives(HostileTarget target, String what, int size) {
        RegionStatistics statistics = statistics(target);
        long counted = statistics.hits() + statistics.misses();
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        Object answer = lookUp(target);
        assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated)
                .as("bytes allocated for %s of %s", what, target)
                .isLessThan(SMALL + 4L * size);
        assertThat(answer).as("%s of %s", what, target).isEqualTo(target.expected(name));
        assertThat(statistics.hits() + statistics.misses())
                .as("hits and misses after %s of %s", what, target)
                .isGreaterThan(counted);
    }

    private static Object lookUp(HostileTarget target) {
        return nodes.get(0).fromTransaction(target::lookUp);
    }

    /** The cache serves the right value again, after no more than loads. */
    private static void heal(HostileTarget target) {
        RegionStatistics statistics = statistics(target);
        long started = System.nanoTime();
        long hits;
        do {
            assertThat(System.nanoTime() - started)
                    .as("nanoseconds that %s takes to heal", target)
                    .isLessThan(TimeUnit.SECONDS.toNanos(HEALS_WITHIN_SECONDS));
            hits = statistics.hits();
            assertThat(lookUp(target)).isEqualTo(target.expected(name));
        } while (statistics.hits() == hits);
    }

    /** Somebody updates the customer, while the hostile bytes may still be there. */
    private static void rename(HostileTarget target) {
        String next = "Ada " + random.nextInt(1_000_000);
        nodes.get(0)
                .inTransaction(session ->
                        session.find(Customer.class, HostileTarget.ID).setName(next));
        name = next;
        assertThat(lookUp(target)).as("%s after an update", target).isEqualTo(target.expected(name));
    }

    private static RegionStatistics statistics(HostileTarget target) {
        return factory.statistics(target.region()).orElseThrow();
    }

    private static String key(HostileTarget target) {
        return Objects.requireNonNull(keys.get(target));
    }

    private static byte[] stored(HostileTarget target) {
        return (byte[]) Objects.requireNonNull(redis.call("GET", key(target)));
    }

    private static void overwrite(HostileTarget target, byte[] bytes) {
        redis.call("SET", key(target), bytes);
    }

    private static void replace(String key, Object[] command) {
        redis.call("DEL", key);
        redis.call(command);
    }

    private static byte[] mutate(byte[] sound) {
        byte[] mutant = sound.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            // The first bytes hold the fields, what follows of them is much of the same.
            int bound = random.nextBoolean() ? Math.min(mutant.length, 60) : mutant.length;
            int at = random.nextInt(bound);
            mutant[at] = (byte) (random.nextBoolean() ? '0' + random.nextInt(10) : random.nextInt(256));
        }
        int end = random.nextInt(8);
        return end == 0
                ? Arrays.copyOf(mutant, random.nextInt(mutant.length))
                : end == 1 ? Arrays.copyOf(mutant, mutant.length + random.nextInt(64)) : mutant;
    }

    private static String printable(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, 80), US_ASCII);
    }

    private static byte[] serialized() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Gadget());
        }
        return bytes.toByteArray();
    }

    /** Notices when somebody deserializes it. */
    private static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1L;
        private static volatile int reads;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            reads++;
            in.defaultReadObject();
        }
    }

    /** Records which classes are looked for. */
    private static final class Spy extends ClassLoader {
        private final Queue<String> names = new ConcurrentLinkedQueue<>();

        private Spy(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            names.add(name);
            return super.loadClass(name, resolve);
        }
    }
}
