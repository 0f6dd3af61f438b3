package dev.hearth.near;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of what a node keeps strictly. */
final class StrictSetTest {
    @Test
    void nothingIsWrittenAsNothing() {
        StrictSet empty = new StrictSet();

        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.text()).isEmpty();
        assertThat(StrictSet.parse("").isEmpty()).isTrue();
    }

    @Test
    void whateverWasPutInIsFoundAfterItWasWrittenAndRead() {
        StrictSet set = new StrictSet();
        List<String> regions = new ArrayList<>(List.of(StrictSet.TABLES));
        for (int i = 0; i < 300; i++) {
            regions.add("com.acme.Region" + i);
            set.add("com.acme.Region" + i);
        }
        set.add(StrictSet.TABLES);

        assertThat(set.text()).hasSizeLessThanOrEqualTo(64);
        assertThat(regions).allMatch(StrictSet.parse(set.text())::contains);
    }

    @Test
    void aFewRegionsAreToldFromMostOthers() {
        StrictSet set = new StrictSet();
        set.add("Things");
        set.add("Others");

        StrictSet read = StrictSet.parse(set.text());

        int without = 0;
        for (int i = 0; i < 1000; i++) {
            without += read.contains("Region" + i) ? 0 : 1;
        }
        assertThat(without).isGreaterThan(950);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "zz", "0g", "00 ", " "})
    void whatWasNotWrittenByUsIsRefused(String text) {
        assertThat(StrictSet.parse(text)).isNull();
    }

    @Test
    void whatIsLongerThanAnySetIsRefused() {
        assertThat(StrictSet.parse("ff".repeat(32))).isNotNull();
        assertThat(StrictSet.parse("ff".repeat(33))).isNull();
    }
}
