package dev.hearth.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.esotericsoftware.kryo.io.Output;
import com.sun.management.ThreadMXBean;
import dev.hearth.encoding.BasicTypesModel.Basics;
import dev.hearth.encoding.UnreadableEntryException.Reason;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.query.SelectionQuery;
import org.hibernate.type.spi.TypeConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Results as somebody with access to Redis could have changed them. */
class HostileResultsTest {
    private static final int MUTATIONS_PER_RESULT = 5000;

    /* What a decoded object may take on the heap for each byte, and what an exception takes. */
    private static final long HEAP_BYTES_PER_BYTE = 100;
    private static final long HEAP_BYTES_PER_ATTEMPT = 64 * 1024;

    private static final byte[] KEY = "hearth:{q.0}:x".getBytes(UTF_8);
    private static final byte[] CHECK = new byte[16];
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static EncodingFixture fixture;
    private static ResultCodec codec;
    private static final List<byte[]> BODIES = new ArrayList<>();

    @BeforeAll
    static void sealResultsOfEveryKind() throws Exception {
        fixture = EncodingFixture.with(java.util.Map.of(AvailableSettings.USE_QUERY_CACHE, true), Basics.class);
        codec = fixture.cache.results.codec;
        fixture.inTransaction(session -> session.persist(BasicTypesModel.full(1)));
        fixture.inTransaction(session -> {
            run(session.createSelectionQuery("from Basics", Basics.class));
            run(session.createSelectionQuery("select b.text from Basics b", String.class));
            run(session.createSelectionQuery("from Basics b where b.id = 0", Basics.class));
            run(session.createNativeQuery("select * from \"Basics\"", Basics.class));
            run(session.createNativeQuery("select \"id\", \"text\", \"named\" from \"Basics\"", Object[].class));
        });
        List<String> hints =
                IntStream.range(0, 30).mapToObj(i -> "hearth:{c.0}:" + i).toList();
        for (FakeResultStorage.Put put : fixture.cache.results.puts) {
            BODIES.add(codec.seal(KEY, CHECK, put.results(), hints));
        }
    }

    private static void run(SelectionQuery<?> query) {
        query.setCacheable(true).getResultList();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    static List<byte[]> bodies() {
        return BODIES;
    }

    @Test
    void everyKindOfResultIsAmongThoseAttacked() {
        assertThat(BODIES).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void everyTruncationIsMalformed(byte[] body) {
        for (int length = 0; length < body.length; length++) {
            byte[] cut = Arrays.copyOf(body, length);
            assertMalformed(cut);
            if (length >= Envelope.OVERHEAD) {
                assertMalformed(Envelope.reseal(KEY, cut));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void everyChangedByteIsFoundByTheChecksum(byte[] body) {
        for (int i = 0; i < body.length; i++) {
            byte[] changed = body.clone();
            changed[i] ^= (byte) (1 << i % Byte.SIZE);
            assertMalformed(changed);
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void forgedBytesAreReadOrMalformedAndTakeLittleHeap(byte[] body) {
        Random random = new Random(body.length);
        for (int i = 0; i < MUTATIONS_PER_RESULT; i++) {
            attempt(mutated(body, random));
        }
        for (int i = 0; i < MUTATIONS_PER_RESULT; i++) {
            byte[] forged = mutated(body, random);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            attempt(forged);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .isLessThan(forged.length * HEAP_BYTES_PER_BYTE + HEAP_BYTES_PER_ATTEMPT);
        }
    }

    @Test
    void aFewBytesCannotStandForManyLongHints() throws Exception {
        byte[] bomb = forged(out -> {
            out.writeBoolean(false);
            out.writeVarInt(0, true);
            out.writeVarInt(1, true);
            out.writeVarInt(100_000 << 1, true);
            out.writeBytes(new byte[100_000]);
            for (int i = 0; i < 100_000; i++) {
                out.writeVarInt(100_001, true);
                out.writeVarInt(0, true);
            }
            out.writeVarInt(0, true);
        });
        assertThat(codec.open(KEY, CHECK, bomb, 0).hints().texts()).isEmpty();

        long before = THREADS.getCurrentThreadAllocatedBytes();
        codec.open(KEY, CHECK, bomb, 0).hints().texts();
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                .isLessThan(4L * EntryLimits.DEFAULTS.maximumEntrySize());
    }

    @Test
    void hintsThatAreNotSoundAreNone() throws Exception {
        byte[] sharesMoreThanThereIs = forged(out -> {
            out.writeBoolean(false);
            out.writeVarInt(0, true);
            out.writeBytes(new byte[] {1, 1 << 1, 'a', 3, 1 << 1, 'b', 0});
        });

        assertThat(codec.open(KEY, CHECK, sharesMoreThanThereIs, 0).hints().texts())
                .isEmpty();
    }

    @Test
    void countsBeyondTheBytesAreRefusedBeforeAnythingIsAllocated() {
        byte[] rows = forged(out -> {
            out.writeBoolean(false);
            out.writeVarInt(Integer.MAX_VALUE - 8, true);
        });
        byte[] columns = forged(out -> {
            out.writeBoolean(true);
            out.writeVarInt(Integer.MAX_VALUE - 8, true);
        });
        for (byte[] forged : List.of(rows, columns)) {
            assertMalformed(forged);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            assertMalformed(forged);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(HEAP_BYTES_PER_ATTEMPT);
        }
    }

    @Test
    void rowsThatHibernateWouldStumbleOverAreMalformed() {
        // One row without the number of rows; then two rows of different widths.
        assertMalformed(forged(out -> {
            out.writeBoolean(false);
            out.writeVarInt(1, true);
            out.writeBytes(new byte[] {3, 1, 0});
        }));
        assertMalformed(forged(out -> {
            out.writeBoolean(false);
            out.writeVarInt(3, true);
            out.writeBytes(new byte[] {41, 1, 0, 41, 2, 0, 0, 6, 4, 0});
        }));
    }

    @Test
    void typesThatNobodyNamedAreNotMadeKnown() {
        TypeConfiguration types = fixture.sessions.getTypeConfiguration();
        for (int code : new int[] {123_456, -987, 70_000}) {
            assertMalformed(forged(out -> {
                out.writeBoolean(true);
                out.writeVarInt(1, true);
                out.writeBoolean(false);
                out.writeByte(2);
                out.writeVarInt(11, true);
                out.writeVarInt(code, false);
                out.writeLong(0);
            }));

            assertThat(types.getJdbcTypeRegistry().hasRegisteredDescriptor(code))
                    .isFalse();
        }
    }

    /** A result with the right fingerprint, checksum and check, and any content after that. */
    private static byte[] forged(Consumer<Output> content) {
        Output out = new Output(64, -1);
        out.writeVarInt(CHECK.length, true);
        out.writeBytes(CHECK);
        content.accept(out);
        return Envelope.seal(KEY, codec.fingerprint(), out.toBytes(), EntryLimits.DEFAULTS);
    }

    private static byte[] mutated(byte[] body, Random random) {
        byte[] forged = body.clone();
        // Beyond the check, or most attempts would end there.
        int start = Envelope.OVERHEAD + 1 + CHECK.length;
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            forged[start + random.nextInt(forged.length - start)] = (byte) random.nextInt(256);
        }
        if (random.nextInt(8) == 0) {
            forged = Arrays.copyOf(forged, start + random.nextInt(2 * (forged.length - start)));
        }
        return Envelope.reseal(KEY, forged);
    }

    /** Anything but a result or the one exception fails the test. */
    private static void attempt(byte[] forged) {
        try {
            codec.open(KEY, CHECK, forged, 0).hints().texts();
        } catch (UnreadableEntryException e) {
            assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
        }
    }

    private static void assertMalformed(byte[] bytes) {
        assertThatExceptionOfType(UnreadableEntryException.class)
                .isThrownBy(() -> codec.open(KEY, CHECK, bytes, 0))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED));
    }
}
