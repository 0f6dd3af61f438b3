package dev.hearth.warming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hearth.warming.LearnedRecord.Region;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The record of what was hot: how it adds up, fades, and is bounded. */
final class LearnedRecordTest {
    private static LearnedRecord of(String region, long gain, Map<String, Long> keys) {
        return new LearnedRecord(Map.of(region, new Region(gain, keys)), Map.of());
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        LearnedRecord record = new LearnedRecord(
                Map.of("my region\n{1}", new Region(-5, Map.of("c=Order.lines/7", 1000L, "@ä", 3L))),
                Map.of("0a1b", 77L));

        assertThat(LearnedRecord.read(record.bytes())).isEqualTo(record);
        assertThat(LearnedRecord.read(LearnedRecord.EMPTY.bytes())).isEqualTo(LearnedRecord.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "hearth-learned 2\n",
                "hearth-learned 1\nr 5",
                "hearth-learned 1\nr five orders",
                "hearth-learned 1\nr 5 %zz",
                "hearth-learned 1\nx 5 orders",
                "hearth-learned 1\nk 5 7 8"
            })
    void whatIsNoRecordIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LearnedRecord.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatSeveralNodesHaveSeenAddsUp() {
        LearnedRecord sum = of("a", 10, Map.of("1", 1000L, "2", 500L)).plus(of("a", 5, Map.of("2", 800L, "3", 1L)));

        assertThat(sum.region("a")).isEqualTo(new Region(15, Map.of("1", 1000L, "2", 1300L, "3", 1L)));
    }

    @Test
    void halfOfItIsLeftAfterADayAndNothingInTheEnd() {
        LearnedRecord record = new LearnedRecord(Map.of("a", new Region(10, Map.of("1", 1000L))), Map.of("q", 8L));

        LearnedRecord later = record.aged(Duration.ofDays(1));
        assertThat(later.region("a")).isEqualTo(new Region(5, Map.of("1", 500L)));
        assertThat(later.queries()).containsEntry("q", 4L);
        assertThat(record.aged(Duration.ofDays(30)).keys()).isZero();
    }

    @Test
    void theHottestKeysAndQueriesStayWithinTheBounds() {
        Map<String, Long> keys = new LinkedHashMap<>();
        IntStream.rangeClosed(1, 100).forEach(i -> keys.put("key" + i, (long) i));
        LearnedRecord record =
                new LearnedRecord(Map.of("a", new Region(1, keys)), Map.of("one", 1L, "two", 2L, "three", 3L));

        LearnedRecord bounded = record.within(3, 2, 1_000_000);
        assertThat(bounded.region("a").keys()).containsOnlyKeys("key100", "key99", "key98");
        assertThat(bounded.queries()).containsOnlyKeys("two", "three");
        LearnedRecord small = record.within(100, 100, 700);
        assertThat(small.bytes()).hasSizeLessThanOrEqualTo(700);
        assertThat(small.region("a").keys()).hasSize(50).containsKey("key100").doesNotContainKey("key50");
    }
}
