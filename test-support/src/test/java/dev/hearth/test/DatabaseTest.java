package dev.hearth.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DatabaseTest {
    @Test
    void anotherDatabaseKeepsServerAndParameters() {
        assertThat(new Database("jdbc:postgresql://db:5432/one?user=u&password=p/q").named("two"))
                .isEqualTo(new Database("jdbc:postgresql://db:5432/two?user=u&password=p/q"));
        assertThat(new Database("jdbc:postgresql://db:5432/one").named("two"))
                .isEqualTo(new Database("jdbc:postgresql://db:5432/two"));
    }
}
