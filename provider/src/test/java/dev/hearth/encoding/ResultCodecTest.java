package dev.hearth.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.encoding.BasicTypesModel.Basics;
import dev.hearth.encoding.BasicTypesModel.Status;
import dev.hearth.encoding.EncodingException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.sql.results.jdbc.internal.CachedJdbcValuesMetadata;
import org.hibernate.type.BasicType;
import org.hibernate.type.descriptor.java.LongJavaType;
import org.hibernate.type.descriptor.jdbc.BigIntJdbcType;
import org.hibernate.type.internal.BasicTypeImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResultCodecTest {
    private static final byte[] KEY = "hearth:{q.0}:x".getBytes(UTF_8);
    private static final byte[] CHECK = new byte[16];

    private static EncodingFixture fixture;
    private static EntryCodecs codecs;
    private static ResultCodec codec;

    @BeforeAll
    static void start() {
        fixture = EncodingFixture.of(Basics.class);
        codecs = new EntryCodecs(fixture.sessions, List.of());
        codec = codecs.forResults(List.of(), EntryLimits.DEFAULTS);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static StoredResult roundTrip(List<?> results, List<String> hints) throws Exception {
        return codec.open(KEY, CHECK, codec.seal(KEY, CHECK, results, hints), 0);
    }

    @ParameterizedTest
    @MethodSource
    void aResultIsReadAsItWasWritten(List<?> results) throws Exception {
        assertThat(Arrays.deepEquals(roundTrip(results, List.of()).results().toArray(), results.toArray()))
                .isTrue();
    }

    static Stream<List<?>> aResultIsReadAsItWasWritten() {
        return Stream.of(
                List.of(),
                List.of(0),
                List.of("bare", "values", 2),
                Arrays.asList(null, null, 2),
                List.of(7, 8, 2),
                List.of(new byte[] {1}, new byte[] {}, 2),
                List.of(new Object[] {1L, null, Status.PAID, new Object[] {"nested", 2}}, 1),
                List.of(new Object[] {new String[] {"a"}, List.of(1)}, new Object[] {null, null}, 2),
                List.of(new Object[0], 1));
    }

    @ParameterizedTest
    @MethodSource
    void whatHibernateCouldNotReadBackIsRefused(List<?> results) {
        assertThatExceptionOfType(EncodingException.class)
                .isThrownBy(() -> codec.seal(KEY, CHECK, results, List.of()))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_ENCODABLE));
    }

    static Stream<List<?>> whatHibernateCouldNotReadBackIsRefused() {
        return Stream.of(
                List.of("without a count"),
                List.of("a count", 1L),
                List.of(new Object[] {1, 2}, new Object[] {1}, 2),
                List.of(new Object[] {1, 2}, "bare", 2),
                List.of(new String[] {"an array in the only column"}, 1),
                List.of(new Object[] {Thread.State.NEW}, 1),
                List.of(new Object[] {new Object()}, 1));
    }

    @Test
    void theListIsForTheCallerToKeep() throws Exception {
        List<Object> results = new ArrayList<>(List.of(new Object[] {1}, 1));
        StoredResult read = roundTrip(results, List.of("hint"));
        ((Object[]) results.get(0))[0] = 2;

        assertThat((Object[]) read.results().get(0)).containsExactly(1);
        read.results().clear();
        assertThat(read.results()).isEmpty();
    }

    @Test
    void theBytesBeginWithTheFingerprint() throws Exception {
        byte[] bytes = codec.seal(KEY, CHECK, List.of(0), List.of());

        assertThat(ByteBuffer.wrap(bytes).getLong()).isEqualTo(codec.fingerprint());
    }

    @Test
    void theResultOfAnotherQueryIsMalformed() throws Exception {
        byte[] bytes = codec.seal(KEY, CHECK, List.of(0), List.of());
        byte[] other = CHECK.clone();
        other[15] = 1;

        assertMalformed(KEY, other, bytes);
        assertMalformed("hearth:{q.0}:y".getBytes(UTF_8), CHECK, bytes);
    }

    private static void assertMalformed(byte[] key, byte[] check, byte[] bytes) {
        assertThatExceptionOfType(UnreadableEntryException.class)
                .isThrownBy(() -> codec.open(key, check, bytes, 0))
                .satisfies(
                        refusal -> assertThat(refusal.reason()).isEqualTo(UnreadableEntryException.Reason.MALFORMED));
    }

    @Test
    void aResultBeyondTheLimitIsRefusedAsTooLarge() {
        ResultCodec small = codecs.forResults(List.of(), new EntryLimits(1024, -1));

        assertThatExceptionOfType(EncodingException.class)
                .isThrownBy(() -> small.seal(KEY, CHECK, List.of("x".repeat(1024), 1), List.of()))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @Test
    void aLargeResultIsCompressed() throws Exception {
        ResultCodec compressing = codecs.forResults(List.of(), new EntryLimits(1 << 20, 512));
        List<Object> rows = new ArrayList<>(Collections.nCopies(1000, "the same text"));
        rows.add(1000);

        byte[] bytes = compressing.seal(KEY, CHECK, rows, List.of());

        assertThat(bytes).hasSizeLessThan(500);
        assertThat(compressing.open(KEY, CHECK, bytes, 0).results()).isEqualTo(rows);
    }

    @Test
    void hintsComeBackInTheirOrderAndTakeLittleRoom() throws Exception {
        List<String> hints = IntStream.range(0, 5000)
                .mapToObj(id -> "hearth:{com.acme.shop.Customer." + id % 64 + "}:" + (1_000_000 + id))
                .toList();

        byte[] bytes = codec.seal(KEY, CHECK, List.of(0), hints);

        assertThat(codec.open(KEY, CHECK, bytes, 0).hints().texts()).isEqualTo(hints);
        assertThat(bytes).hasSizeLessThan(5000 * 18);
        List<String> strange = List.of("", "", "same", "same", "same longer", "\uD83D\uDE00", "\uD83D\uDE01", "\uD800");
        assertThat(roundTrip(List.of(0), strange).hints().texts()).isEqualTo(strange);
    }

    @Test
    void hintsAreEqualWhereTheirTextsAre() throws Exception {
        ResultHints hints = roundTrip(List.of(0), List.of("one", "one more")).hints();

        assertThat(roundTrip(List.of(1, 2), List.of("one", "one more")).hints())
                .isEqualTo(hints)
                .hasSameHashCodeAs(hints);
        assertThat(roundTrip(List.of(0), List.of("one", "one less")).hints()).isNotEqualTo(hints);
        assertThat(roundTrip(List.of(0), List.of("one")).hints()).isNotEqualTo(hints);
    }

    @Test
    void hintsForWhichThereIsNoRoomAreLeftOut() throws Exception {
        ResultCodec small = codecs.forResults(List.of(), new EntryLimits(256, -1));
        List<String> hints = IntStream.range(0, 1000).mapToObj(i -> "hint " + i).toList();

        List<String> read = small.open(KEY, CHECK, small.seal(KEY, CHECK, List.of("row", 1), hints), 0)
                .hints()
                .texts();

        assertThat(read).isNotEmpty().hasSizeLessThan(40).isEqualTo(hints.subList(0, read.size()));
    }

    @Test
    void metadataComeBackWithTheVerySameTypes() throws Exception {
        BasicType<?> ofColumn = (BasicType<?>)
                ((BasicValuedModelPart) fixture.persister(Basics.class).findAttributeMapping("status"))
                        .getJdbcMapping();
        BasicType<?> registered = fixture.sessions.getTypeConfiguration().getBasicTypeForJavaType(String.class);
        BasicType<?> named =
                fixture.sessions.getTypeConfiguration().getBasicTypeRegistry().getRegisteredType("yes_no");
        var metadata = new CachedJdbcValuesMetadata(
                new String[] {"A", null, "C", "D"},
                new BasicType<?>[] {ofColumn, null, registered, named},
                new int[] {1, -1, 0, 2});

        var read = (CachedJdbcValuesMetadata) roundTrip(List.of(metadata, new Object[] {1, 2, 3}, 1), List.of())
                .results()
                .get(0);

        assertThat(MetadataAccess.OPENED.namesIn(read)).containsExactly("A", null, "C", "D");
        assertThat(MetadataAccess.OPENED.typesIn(read)).containsExactly(ofColumn, null, registered, named);
        assertThat(read.getValueIndexesToCacheIndexes()).containsExactly(1, -1, 0, 2);
    }

    @Test
    void metadataWhoseTypesAnotherNodeCouldNotFindAreRefused() {
        assertThatExceptionOfType(EncodingException.class)
                .isThrownBy(() -> codec.seal(
                        KEY,
                        CHECK,
                        List.of(metadataOf(new BasicTypeImpl<>(new LongJavaType(), BigIntJdbcType.INSTANCE)), 0),
                        List.of()))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_ENCODABLE))
                .withMessageContaining("LongJavaType");
    }

    private static CachedJdbcValuesMetadata metadataOf(BasicType<?> type) {
        return new CachedJdbcValuesMetadata(new String[] {"A"}, new BasicType<?>[] {type}, new int[] {0});
    }

    @Test
    void metadataThatPointBesideTheRowsAreMalformed() throws Exception {
        BasicType<?> type = fixture.sessions.getTypeConfiguration().getBasicTypeForJavaType(String.class);
        var metadata = new CachedJdbcValuesMetadata(new String[] {"A"}, new BasicType<?>[] {type}, new int[] {2});

        assertMalformed(KEY, CHECK, codec.seal(KEY, CHECK, List.of(metadata, new Object[] {1, 2}, 1), List.of()));
    }
}
