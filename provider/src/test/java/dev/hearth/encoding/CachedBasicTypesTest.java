package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.encoding.BasicTypesModel.Basics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CachedBasicTypesTest {
    private static EncodingFixture fixture;

    @BeforeAll
    static void start() {
        fixture = EncodingFixture.of(Basics.class);
        fixture.inTransaction(session -> {
            session.persist(BasicTypesModel.full(1));
            Basics empty = new Basics();
            empty.id = 2;
            session.persist(empty);
        });
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void anEntityWithEveryBasicTypeIsTheSameFromTheCacheAsFromTheDatabase() {
        var runs = fixture.fromDatabaseAndFromCache(session -> session.find(Basics.class, 1L));

        assertThat(fixture.sessions.getStatistics().getPrepareStatementCount()).isZero();
        assertThat(runs.fromCache())
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .isEqualTo(runs.fromDatabase());
        assertThat(runs.fromCache().decimal.scale())
                .isEqualTo(runs.fromDatabase().decimal.scale());
        assertThat(runs.fromCache().timestamp.getNanos()).isEqualTo(123_456_000);
    }

    @Test
    void anEntityOfNullsIsTheSameFromTheCacheAsFromTheDatabase() {
        var runs = fixture.fromDatabaseAndFromCache(session -> session.find(Basics.class, 2L));

        assertThat(fixture.sessions.getStatistics().getPrepareStatementCount()).isZero();
        assertThat(runs.fromCache())
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .isEqualTo(runs.fromDatabase());
    }
}
