package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class CompressionTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MAXIMUM = 100_000;

    private final ValueCodecFixture compressing = ValueCodecFixture.with(new EntryLimits(MAXIMUM, 1000));

    @Test
    void aPayloadIsCompressedFromTheThresholdOn() {
        // The text's header takes three bytes more.
        assertThat(compressing.seal("x".repeat(996))).hasSize(Envelope.OVERHEAD + 999);
        assertThat(compressing.seal("x".repeat(997))).hasSizeLessThan(100);
        assertThat(compressing.roundTrip("x".repeat(997))).isEqualTo("x".repeat(997));
        assertThat(compressing.roundTrip("x".repeat(MAXIMUM - 10))).isEqualTo("x".repeat(MAXIMUM - 10));
    }

    @Test
    void nothingIsCompressedWithoutAThreshold() {
        assertThat(ValueCodecFixture.of().seal("x".repeat(5000))).hasSizeGreaterThan(5000);
    }

    @Test
    void aPayloadThatWouldNotGetSmallerStaysAsItIs() {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);

        assertThat(compressing.seal(noise)).hasSize(Envelope.OVERHEAD + 1 + 2 + noise.length);
        assertThat(compressing.roundTrip(noise)).isEqualTo(noise);
    }

    @Test
    void compressedBytesThatWereCutOrChangedNeverYieldAnotherValue() {
        String text = "compressible ".repeat(200);
        byte[] body = compressing.seal(text);
        for (int i = Envelope.OVERHEAD; i < body.length; i++) {
            byte[] changed = body.clone();
            changed[i] ^= 0x55;
            // The last bits may be padding.
            assertThat(openOr(text, Envelope.reseal(ValueCodecFixture.KEY, changed)))
                    .isEqualTo(text);
            assertMalformed(Envelope.reseal(ValueCodecFixture.KEY, java.util.Arrays.copyOf(body, i)));
        }
    }

    @Test
    void unknownFlagsAreMalformed() {
        byte[] body = compressing.seal(1);
        body[Envelope.OVERHEAD - 1] = 2;

        assertMalformed(Envelope.reseal(ValueCodecFixture.KEY, body));
    }

    @Test
    void aBombIsRefusedBeforeItUnfolds() {
        byte[] zeros = deflated(new byte[50_000_000]);

        for (int claimed : new int[] {Integer.MAX_VALUE, 50_000_000, MAXIMUM + 1, -1, MAXIMUM, 10}) {
            byte[] bomb = compressed(claimed, zeros);
            assertMalformed(bomb);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            assertMalformed(bomb);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(4L * MAXIMUM);
        }
    }

    @Test
    void aFewBytesCannotClaimToHoldMany() {
        byte[] claim = compressed(MAXIMUM, deflated(new byte[10]));
        assertMalformed(claim);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertMalformed(claim);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MAXIMUM);
    }

    private byte[] compressed(int claimed, byte[] content) {
        byte[] body = ByteBuffer.allocate(Envelope.OVERHEAD + Integer.BYTES + content.length)
                .putLong(compressing.codec.fingerprint())
                .putInt(0)
                .put((byte) 1)
                .putInt(Integer.reverseBytes(claimed))
                .put(content)
                .array();
        return Envelope.reseal(ValueCodecFixture.KEY, body);
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        byte[] bytes = new byte[content.length / 100 + 100];
        int length = deflater.deflate(bytes);
        deflater.end();
        return java.util.Arrays.copyOf(bytes, length);
    }

    private Object openOr(Object otherwise, byte[] bytes) {
        try {
            return compressing.open(bytes);
        } catch (UnreadableEntryException e) {
            return otherwise;
        }
    }

    private void assertMalformed(byte[] bytes) {
        assertThatExceptionOfType(UnreadableEntryException.class)
                .isThrownBy(() -> compressing.open(bytes))
                .satisfies(
                        refusal -> assertThat(refusal.reason()).isEqualTo(UnreadableEntryException.Reason.MALFORMED));
    }
}
