package dev.hearth.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether somebody holds what was read, as the scripts would see it. */
final class HeldLockTest {
    private static final long NOW = 2_000_000_000_000_000L;
    private static final String HEAD = "L000000000000000100000000000000021";
    private static final String RECORD = "R0000000000000001server00000000000001";
    private static final String LIVE = "b:2000000000000001;";

    @ParameterizedTest
    @ValueSource(
            strings = {
                LIVE,
                "a:2000000000000000;" + LIVE,
                LIVE + "a:2000000000000000;",
                "junk;" + LIVE,
                LIVE + "junk",
                "a:2000086400000000;"
            })
    void oneHoldInForceHoldsIt(String holds) {
        assertThat(isHeld(HEAD + holds)).isTrue();
        assertThat(isBulkHeld(RECORD + holds)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "junk",
                ";;;",
                "a:2000000000000000;",
                "a:2000086400000001;",
                "a:9999999999999999;",
                ":2000000000000001;",
                "a:b:2000000000000001;",
                "a:02000000000000001;",
                "a:200000000000000x;",
                "a:2000000000000001",
            })
    void whatHasLapsedOrIsNoHoldHoldsNothing(String holds) {
        assertThat(isHeld(HEAD + holds)).isFalse();
        assertThat(isBulkHeld(RECORD + holds)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "L",
                "V000000000000000100000000000000021" + LIVE,
                "Lx00000000000000100000000000000021" + LIVE,
                "L0000000000000001x0000000000000021" + LIVE,
                "L0000000000000001" + "0" + LIVE,
                "L00000000000000010000000000000002x" + LIVE,
            })
    void whatIsNoLockIsNotHeld(String entry) {
        assertThat(isHeld(entry)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "R",
                "V0000000000000001server00000000000001" + LIVE,
                "Rx000000000000001server00000000000001" + LIVE,
            })
    void whatIsNoRecordIsNotHeld(String record) {
        assertThat(isBulkHeld(record)).isFalse();
    }

    @Test
    void whatIsNotThereIsNotHeld() {
        assertThat(StoredForms.isBulkHeld(null, NOW)).isFalse();
    }

    private static boolean isBulkHeld(String record) {
        return StoredForms.isBulkHeld(record.getBytes(US_ASCII), NOW);
    }

    private static boolean isHeld(String entry) {
        return StoredForms.isHeld(entry.getBytes(US_ASCII), NOW);
    }
}
