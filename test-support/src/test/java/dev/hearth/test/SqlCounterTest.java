package dev.hearth.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class SqlCounterTest {
    private final SqlCounter counter = new SqlCounter();

    @Test
    void leavesTheStatementAsItIs() {
        assertThat(counter.inspect("select 1")).isEqualTo("select 1");
        assertThat(counter.statements()).containsExactly("select 1");
    }

    @Test
    void countsInTotalAndByThread() throws Exception {
        counter.inspect("select 1");
        CompletableFuture.runAsync(() -> counter.inspect("select 2")).get();
        assertThat(counter.total()).isEqualTo(2);
        assertThat(counter.ofThisThread()).isEqualTo(1);
        assertThat(counter.during(() -> counter.inspect("select 3"))).isEqualTo(1);
    }

    @Test
    void keepsTheLastHundredStatements() {
        for (int i = 1; i <= 150; i++) {
            counter.inspect("select " + i);
        }
        assertThat(counter.statements()).hasSize(100).last().isEqualTo("select 150");
        counter.reset();
        assertThat(counter.total()).isZero();
        assertThat(counter.statements()).isEmpty();
    }
}
