package dev.hearth.near;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node counts of changes of tables. */
final class TableClockTest {
    private static final List<String> READ = List.of("product", "category");

    private final TableClock clock = new TableClock();

    @Test
    void movesWithEachTableThatIsRead() {
        long before = clock.of(READ);
        clock.changed("category");
        long between = clock.of(READ);
        clock.changed("product");

        assertThat(between).isGreaterThan(before);
        assertThat(clock.of(READ)).isGreaterThan(between);
    }

    @Test
    void standsStillWhenOtherTablesChange() {
        long before = clock.of(READ);

        clock.changed("customer");

        assertThat(clock.of(READ)).isEqualTo(before);
    }

    @Test
    void movesWhenAllTablesChange() {
        long before = clock.of(READ);
        long ofAny = clock.of(List.of());

        clock.changed(Notice.ALL);

        assertThat(clock.of(READ)).isGreaterThan(before);
        assertThat(clock.of(List.of())).isGreaterThan(ofAny);
    }

    @Test
    void whatMayReadAnyTableMovesWithTheMarkThatEveryMessageOfTablesHas() {
        long before = clock.of(List.of());
        clock.changed("product");
        assertThat(clock.of(List.of())).isEqualTo(before);

        clock.changed("*");

        assertThat(clock.of(List.of())).isGreaterThan(before);
    }
}
