package dev.hearth.encoding;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.DefaultSerializers;
import com.esotericsoftware.kryo.util.Pool;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.fory.Fory;
import org.apache.fory.ThreadSafeFory;

/**
 * Compares serializers on disassembled entity states: thread CPU time per operation (the best of many short rounds in which
 * they take turns, so that a busy machine matters little), size, and what changed bytes do.
 */
public final class SerializerComparison {
    public enum Status {
        NEW,
        PAID,
        SHIPPED
    }

    interface Codec {
        byte[] encode(Object[] state) throws Exception;

        Object decode(byte[] bytes) throws Exception;

        /** Lets changed bytes past a checksum, where there is one. */
        default byte[] signed(byte[] changed) {
            return changed;
        }

        default int header() {
            return 0;
        }
    }

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 60;
    private static final int OPERATIONS = 3000;
    private static final int ATTACKS = 50_000;
    private static Object sink;

    public static void main(String[] arguments) throws Exception {
        Map<String, Codec> codecs = new LinkedHashMap<>();
        codecs.put("kryo, as it comes", kryo());
        codecs.put("fory, as it comes", fory());
        codecs.put("hearth, sealed", hearth());
        measure(codecs);
        for (Map.Entry<String, Codec> codec : codecs.entrySet()) {
            attack(codec.getKey(), codec.getValue());
        }
        nameClassInBytes();
    }

    private static Map<String, Object[]> states() {
        Map<String, Object[]> states = new LinkedHashMap<>();
        states.put("customer", new Object[] {
            "Ada Lovelace", "ada@example.org", 42L, 7, Status.PAID, LocalDate.of(1815, 12, 10),
            Instant.ofEpochSecond(1_700_000_000L, 123_456_000), new BigDecimal("1234.50"), true, null,
            new Object[] {"12 St James's Square", "London", "SW1Y 4LE", "GB"}, new UUID(1, 2)
        });
        Object[] order = new Object[20];
        for (int i = 0; i < order.length; i += 4) {
            order[i] = 100_000L + i;
            order[i + 1] = new BigDecimal("19.9" + i);
            order[i + 2] = "line item number " + i + " - größe";
            order[i + 3] = LocalDateTime.of(2026, 1, 1, 10, i);
        }
        states.put("order", order);
        states.put("document", new Object[] {1L, "title", "x".repeat(4000), new byte[2048], Instant.EPOCH, null});
        Object[] ids = new Object[100];
        Arrays.setAll(ids, i -> (long) i * 37);
        states.put("100 ids", ids);
        return states;
    }

    private static Codec kryo() {
        record Engine(Kryo kryo, Output out, Input in) {}
        Pool<Engine> pool = new Pool<>(true, false, 8) {
            @Override
            protected Engine create() {
                return new Engine(stockKryo(), new Output(512, 1 << 20), new Input());
            }
        };
        return new Codec() {
            @Override
            public byte[] encode(Object[] state) {
                Engine engine = pool.obtain();
                engine.out().reset();
                engine.kryo().writeClassAndObject(engine.out(), state);
                byte[] bytes = engine.out().toBytes();
                pool.free(engine);
                return bytes;
            }

            @Override
            public Object decode(byte[] bytes) {
                Engine engine = pool.obtain();
                try {
                    engine.in().setBuffer(bytes);
                    return engine.kryo().readClassAndObject(engine.in());
                } finally {
                    pool.free(engine);
                }
            }
        };
    }

    private static Kryo stockKryo() {
        Kryo kryo = new Kryo();
        kryo.setRegistrationRequired(true);
        kryo.setMaxDepth(64);
        Class<?>[] types = {
            Object[].class, byte[].class, int[].class, BigDecimal.class, Instant.class, LocalDate.class,
            LocalDateTime.class, Status.class
        };
        Arrays.stream(types).forEach(kryo::register);
        kryo.register(UUID.class, new DefaultSerializers.UUIDSerializer());
        return kryo;
    }

    private static Codec fory() {
        ThreadSafeFory fory = Fory.builder()
                .withXlang(false)
                .requireClassRegistration(true)
                .withRefTracking(false)
                .withMaxDepth(64)
                .buildThreadSafeFory();
        fory.register(Status.class);
        return new Codec() {
            @Override
            public byte[] encode(Object[] state) {
                return fory.serialize(state);
            }

            @Override
            public Object decode(byte[] bytes) {
                return fory.deserialize(bytes);
            }
        };
    }

    private static Codec hearth() {
        byte[] key = "hearth:{com.acme.Customer.0}:42".getBytes();
        ModelClasses classes = new ModelClasses(Set.of(), type -> false);
        classes.admit(Status.class);
        EntryCodec codec = new EntryCodec(
                EntryCodecs.enginePool(),
                new ValueForm("state", new Shape.Anything("any value")),
                classes.table(),
                EntryLimits.DEFAULTS);
        return new Codec() {
            @Override
            public byte[] encode(Object[] state) throws EncodingException {
                return codec.seal(key, state);
            }

            @Override
            public Object decode(byte[] bytes) throws UnreadableEntryException {
                return codec.open(key, bytes, 0);
            }

            @Override
            public byte[] signed(byte[] changed) {
                return Envelope.reseal(key, changed);
            }

            @Override
            public int header() {
                return Envelope.OVERHEAD;
            }
        };
    }

    private static void measure(Map<String, Codec> codecs) throws Exception {
        Map<String, long[]> best = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, Object[]> state : states().entrySet()) {
                for (Map.Entry<String, Codec> codec : codecs.entrySet()) {
                    long[] figures = time(codec.getValue(), state.getValue());
                    best.merge(state.getKey() + ", " + codec.getKey(), figures, SerializerComparison::least);
                }
            }
        }
        best.forEach((name, figures) -> System.out.printf(
                "%-28s %5d bytes, encode %5d ns, decode %5d ns%n", name, figures[0], figures[1], figures[2]));
    }

    private static long[] time(Codec codec, Object[] state) throws Exception {
        byte[] bytes = codec.encode(state);
        if (!Arrays.deepEquals(state, (Object[]) codec.decode(bytes))) {
            throw new AssertionError("not the same");
        }
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < OPERATIONS; i++) {
            sink = codec.encode(state);
        }
        long encoded = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < OPERATIONS; i++) {
            sink = codec.decode(bytes);
        }
        long decoded = THREADS.getCurrentThreadCpuTime();
        return new long[] {bytes.length, (encoded - start) / OPERATIONS, (decoded - encoded) / OPERATIONS};
    }

    private static long[] least(long[] one, long[] other) {
        return new long[] {one[0], Math.min(one[1], other[1]), Math.min(one[2], other[2])};
    }

    private static void attack(String name, Codec codec) throws Exception {
        Random random = new Random(42);
        Map<String, Integer> outcomes = new TreeMap<>();
        long most = 0;
        long classes = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
        for (Object[] state : states().values()) {
            byte[] bytes = codec.encode(state);
            for (int i = 0; i < ATTACKS; i++) {
                byte[] changed = bytes.clone();
                for (int j = random.nextInt(3); j >= 0; j--) {
                    int at = codec.header() + random.nextInt(bytes.length - codec.header());
                    changed[at] = (byte) random.nextInt(256);
                }
                changed = codec.signed(changed);
                long before = THREADS.getCurrentThreadAllocatedBytes();
                outcomes.merge(outcome(codec, changed), 1, Integer::sum);
                most = Math.max(most, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
        }
        System.out.printf(
                "%s: at most %,d bytes allocated for one decode, %d classes loaded, %s%n",
                name,
                most,
                ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount() - classes,
                outcomes);
    }

    private static String outcome(Codec codec, byte[] bytes) {
        try {
            codec.decode(bytes);
            return "read";
        } catch (Throwable e) {
            return e.getClass().getSimpleName();
        }
    }

    /** Kryo looks a class up by the name in the bytes before it finds that it is not registered. */
    private static void nameClassInBytes() {
        Output out = new Output(64);
        out.writeByte(1);
        out.writeVarInt(0, true);
        out.writeString("javax.naming.InitialContext");
        long before = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
        try {
            stockKryo().readClassAndObject(new Input(out.toBytes()));
        } catch (IllegalArgumentException e) {
            System.out.println("kryo, a class name in the bytes: "
                    + (ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount() - before)
                    + " classes loaded, then: " + e.getMessage().lines().findFirst().orElseThrow());
        }
    }
}
