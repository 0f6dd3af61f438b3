package dev.hearth.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.esotericsoftware.kryo.io.Output;
import com.sun.management.ThreadMXBean;
import dev.hearth.encoding.BasicTypesModel.Basics;
import dev.hearth.encoding.FakeEncodedRegionFactory.StoredKey;
import dev.hearth.encoding.UnreadableEntryException.Reason;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileBytesTest {
    private static final int MUTATIONS_PER_ENTRY = 1000;

    /* What a decoded object may take on the heap for each byte, and what an exception takes. */
    private static final long HEAP_BYTES_PER_BYTE = 100;
    private static final long HEAP_BYTES_PER_ATTEMPT = 64 * 1024;

    /* Only named, never mentioned as classes: the tests' own engine loads those. */
    private static final String GADGET = "dev.hearth.encoding.UnloadedModel$Gadget";
    private static final String BAIT = "dev.hearth.encoding.UnloadedModel$Bait";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private record Entry(String role, EntryCodec codec, byte[] body) {
        byte[] key() {
            return role.getBytes(UTF_8);
        }

        byte[] resealed(byte[] altered) {
            return Envelope.reseal(key(), altered);
        }
    }

    private static final List<Entry> ENTRIES = new ArrayList<>();
    private static EncodingFixture basics;
    private static EncodingFixture shop;

    @BeforeAll
    static void storeEveryForm() {
        basics = EncodingFixture.of(Basics.class);
        basics.inTransaction(session -> session.persist(BasicTypesModel.full(1)));
        basics.fromDatabaseAndFromCache(session -> session.find(Basics.class, 1L));
        shop = EncodingFixture.of(ShopModel.ENTITIES);
        shop.inTransaction(ShopModel::fill);
        shop.fromDatabaseAndFromCache(session -> {
            CachedMappingsTest.initialize(session.find(ShopModel.Purchase.class, 1L));
            session.bySimpleNaturalId(ShopModel.Party.class).load("ada@example.org");
            return session.bySimpleNaturalId(ShopModel.Part.class).load("nut");
        });
        collect(basics.cache);
        collect(shop.cache);
    }

    private static void collect(FakeEncodedRegionFactory cache) {
        for (Map.Entry<StoredKey, byte[]> stored : cache.stored.entrySet()) {
            String role = stored.getKey().role();
            ENTRIES.add(new Entry(role, cache.codec(role), stored.getValue()));
        }
    }

    @AfterAll
    static void stop() {
        basics.close();
        shop.close();
    }

    static List<Entry> entries() {
        return ENTRIES;
    }

    @Test
    void everyKindOfEntryIsAmongThoseAttacked() {
        assertThat(ENTRIES.stream().map(Entry::role))
                .contains(Basics.class.getName(), ShopModel.Purchase.class.getName() + ".stops")
                .anyMatch(role -> role.endsWith("##NaturalId"))
                .hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everyTruncationIsMalformed(Entry entry) {
        for (int length = 0; length < entry.body().length; length++) {
            byte[] cut = Arrays.copyOf(entry.body(), length);
            assertMalformed(entry, cut);
            if (length >= Envelope.OVERHEAD) {
                assertMalformed(entry, entry.resealed(cut));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everyChangedByteIsFoundByTheChecksum(Entry entry) {
        for (int i = 0; i < entry.body().length; i++) {
            byte[] changed = entry.body().clone();
            changed[i] ^= (byte) (1 << i % Byte.SIZE);
            assertMalformed(entry, changed);
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void forgedBytesAreReadOrMalformedAndTakeLittleHeap(Entry entry) {
        Random random = new Random(entry.role().hashCode());
        for (int i = 0; i < MUTATIONS_PER_ENTRY; i++) {
            attempt(entry, mutated(entry, random));
        }
        for (int i = 0; i < MUTATIONS_PER_ENTRY; i++) {
            byte[] forged = mutated(entry, random);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            attempt(entry, forged);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .isLessThan(forged.length * HEAP_BYTES_PER_BYTE + HEAP_BYTES_PER_ATTEMPT);
        }
    }

    @Test
    void noClassIsLoadedForWhatTheBytesSay(@TempDir java.nio.file.Path directory) throws Exception {
        Entry entry = ENTRIES.stream()
                .filter(candidate -> candidate.role().equals(Basics.class.getName()))
                .findFirst()
                .orElseThrow();
        byte[] name = GADGET.getBytes(UTF_8);
        Random random = new Random(7);

        Set<String> loaded = classesLoadedDuring(directory, () -> {
            for (int i = 0; i < MUTATIONS_PER_ENTRY; i++) {
                byte[] forged = entry.body().clone();
                int at = Envelope.OVERHEAD + random.nextInt(forged.length - Envelope.OVERHEAD - name.length - 3);
                // In the form in which Kryo itself would write a class by name, and in ours.
                forged[at] = 1;
                forged[at + 1] = 0;
                forged[at + 2] = (byte) (name.length << 1);
                System.arraycopy(name, 0, forged, at + 3, name.length);
                attempt(entry, entry.resealed(forged));
            }
        });

        assertThat(loaded).doesNotContain(GADGET);
        assertThat(loaded).noneMatch(type -> type.startsWith("com.") || type.startsWith("javax."));
    }

    @Test
    void aClassThatIsLoadedByNameWouldBeNoticed(@TempDir java.nio.file.Path directory) throws Exception {
        String name = BAIT;

        assertThat(classesLoadedDuring(directory, () -> loadWithoutInitializing(name)))
                .contains(name);
    }

    private static void loadWithoutInitializing(String name) {
        try {
            Class.forName(name, false, HostileBytesTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> classesLoadedDuring(java.nio.file.Path directory, Runnable work) throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ClassLoad").withoutThreshold();
            recording.start();
            work.run();
            recording.stop();
            java.nio.file.Path file = directory.resolve("classes.jfr");
            recording.dump(file);
            Set<String> names = new HashSet<>();
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                if (event.getThread() != null
                        && event.getThread().getJavaThreadId()
                                == Thread.currentThread().getId()) {
                    names.add(event.getClass("loadedClass").getName());
                }
            }
            return names;
        }
    }

    @ParameterizedTest
    @MethodSource
    void aLengthBeyondTheBytesIsRefusedBeforeAnythingIsAllocated(int id) {
        ValueCodecFixture values = ValueCodecFixture.of();
        byte[] forged = values.forge(payload(out -> {
            out.writeVarInt(id, true);
            if (id == ArrayValues.TYPED_ARRAY_ID) {
                out.writeVarInt(43, true);
                out.writeVarInt(0, true);
            }
            out.writeVarInt(Integer.MAX_VALUE - 8, true);
            out.writeVarInt(Integer.MAX_VALUE - 8, true);
        }));
        attempt(values, forged);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThat(attempt(values, forged)).isEqualTo(Reason.MALFORMED);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(HEAP_BYTES_PER_ATTEMPT);
    }

    static IntStream aLengthBeyondTheBytesIsRefusedBeforeAnythingIsAllocated() {
        return FixedValues.ENTRIES.stream()
                .mapToInt(FixedValues.Entry::id)
                .filter(id -> id == 11 || id == 12 || id == 15 || (id >= 41 && id <= 63))
                .filter(id -> id != 43 && id != 44);
    }

    @Test
    void endlessNestingIsRefusedBeforeTheStackIsFull() {
        ValueCodecFixture values = ValueCodecFixture.of();
        byte[] nested = new byte[200_000];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 41;
            nested[i + 1] = 1;
        }

        assertThat(attempt(values, values.forge(nested))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void aValueOfAnotherTypeThanItsAttributeIsMalformed() throws Exception {
        Entry part = ENTRIES.stream()
                .filter(candidate -> candidate.role().equals(ShopModel.Part.class.getName()))
                .findFirst()
                .orElseThrow();
        byte[] payload = Envelope.open(part.key(), part.codec().fingerprint(), part.body(), 0, EntryLimits.DEFAULTS)
                .bytes();
        int text = indexOf(payload, (byte) 11, Envelope.OVERHEAD);
        byte[] forged = payload.clone();
        // The attribute's string becomes an array of as many bytes.
        forged[text] = 45;
        forged[text + 1] = (byte) (payload[text + 1] >>> 1);

        assertThatExceptionOfType(UnreadableEntryException.class)
                .isThrownBy(() -> part.codec().open(part.key(), part.resealed(forged), 0))
                .withMessageContaining("Part.")
                .withMessageContaining("[B");
    }

    @Test
    void aValueUnderAnotherKeyIsMalformed() {
        Entry entry = ENTRIES.get(0);

        assertThatExceptionOfType(UnreadableEntryException.class)
                .isThrownBy(() -> entry.codec().open("another key".getBytes(UTF_8), entry.body(), 0))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED));
    }

    @Test
    void aValueOfAnotherRoleIsOfAnotherMapping() {
        Entry entry = ENTRIES.get(0);
        Entry other = ENTRIES.stream()
                .filter(candidate -> candidate.codec() != entry.codec())
                .findFirst()
                .orElseThrow();

        assertThatExceptionOfType(UnreadableEntryException.class)
                .isThrownBy(() -> other.codec().open(entry.key(), entry.body(), 0))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OTHER_MAPPING));
    }

    private static byte[] mutated(Entry entry, Random random) {
        byte[] forged = entry.body().clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = Envelope.OVERHEAD + random.nextInt(forged.length - Envelope.OVERHEAD);
            forged[at] = (byte) random.nextInt(256);
        }
        if (random.nextInt(8) == 0) {
            forged = Arrays.copyOf(forged, Envelope.OVERHEAD + random.nextInt(2 * (forged.length - Envelope.OVERHEAD)));
        }
        return entry.resealed(forged);
    }

    /** Anything but a value or the one exception fails the test. */
    private static void attempt(Entry entry, byte[] forged) {
        try {
            entry.codec().open(entry.key(), forged, 0);
        } catch (UnreadableEntryException e) {
            assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
        }
    }

    private static Reason attempt(ValueCodecFixture values, byte[] forged) {
        try {
            values.open(forged);
            return null;
        } catch (UnreadableEntryException e) {
            return e.reason();
        }
    }

    private static void assertMalformed(Entry entry, byte[] bytes) {
        assertThatExceptionOfType(UnreadableEntryException.class)
                .isThrownBy(() -> entry.codec().open(entry.key(), bytes, 0))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED));
    }

    private static byte[] payload(Consumer<Output> writer) {
        Output out = new Output(64);
        writer.accept(out);
        return out.toBytes();
    }

    private static int indexOf(byte[] bytes, byte wanted, int from) {
        return IntStream.range(from, bytes.length)
                .filter(i -> bytes[i] == wanted)
                .findFirst()
                .orElseThrow();
    }
}
