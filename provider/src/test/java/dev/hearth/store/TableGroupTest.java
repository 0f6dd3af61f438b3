package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sets of tables, and when results over them are not asked for. */
final class TableGroupTest {
    private static final long NOW = -5;
    private static final long REST = Duration.ofMillis(100).toNanos();

    private final TableGroup group = new TableGroups().of(List.of("b", "a"));

    @Test
    void isNamedByItsTablesInWhateverOrderTheyCome() {
        assertThat(group.names()).isEqualTo("a\nb");
        assertThat(new TableGroups().of(Set.of("a", "b")).id())
                .isEqualTo(group.id())
                .matches("[0-9a-f]{16}");
        assertThat(new TableGroups().of(Set.of("ab")).id()).isNotEqualTo(group.id());
    }

    @Test
    void restsAfterEightAnswersInVainAndIsAskedOnceAfterEachRest() {
        askInVain(7);
        assertThat(group.rests(NOW)).isFalse();

        askInVain(1);

        assertThat(group.rests(NOW)).isTrue();
        assertThat(group.rests(NOW + REST - 1)).isTrue();
        assertThat(group.rests(NOW + REST)).isFalse();
        group.asked(true, NOW + REST);
        assertThat(group.rests(NOW + REST)).isTrue();
    }

    @Test
    void oneAnswerThatIsNotInVainEndsIt() {
        askInVain(8);

        group.asked(false, NOW + REST);

        assertThat(group.rests(NOW + REST)).isFalse();
        askInVain(7);
        assertThat(group.rests(NOW)).isFalse();
    }

    private void askInVain(int times) {
        for (int i = 0; i < times; i++) {
            group.asked(true, NOW);
        }
    }
}
