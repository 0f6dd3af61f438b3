package dev.hearth.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisExtension;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the doctor says of cached arrays, and why: what Hibernate does to them, with any cache. */
final class CachedArraysIT {
    private static final String CODE = "cached-array";

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    @Entity(name = "Game")
    static class Game {
        @Id
        Long id;

        @ElementCollection
        @OrderColumn(name = "place")
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        int[] scores = {3, 1, 2};
    }

    @Entity(name = "Match")
    static class Match {
        @Id
        Long id;

        @ElementCollection
        @OrderColumn(name = "place")
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        List<Integer> scores = new ArrayList<>(List.of(3, 1, 2));
    }

    private static Patient patient(Class<?> entity) {
        return new Patient(Nodes.on(postgres.database(), redis.endpoint())
                .setting("hibernate.cache.hearth.keyspace", redis.keyspace() + entity.getSimpleName())
                .setting("hibernate.cache.hearth.redis.command-timeout", "10s")
                .setting("hibernate.cache.hearth.puts", "wait")
                .entities(List.of(entity)));
    }

    @Test
    void aReaderOfACachedArrayDeletesItsRows() {
        try (Patient patient = patient(Game.class)) {
            assertThat(patient.findings(CODE)).containsExactly(Game.class.getName() + ".scores");
            Game game = new Game();
            game.id = 1L;
            patient.inTransaction(session -> session.persist(game));
            patient.settle();

            assertThat(scores(patient)).containsExactly(3, 1, 2);
            patient.settle();
            assertThat(scores(patient))
                    .as("the array that the cache has by now")
                    .isNull();

            long rows = patient.ask(session -> session.createNativeQuery("select count(*) from Game_scores", Long.class)
                    .getSingleResult());
            assertThat(rows)
                    .as("Hibernate no longer deletes them: the finding can go")
                    .isZero();
        }
    }

    private static int[] scores(Patient patient) {
        return patient.ask(
                session -> session.createQuery("from Game", Game.class).getSingleResult().scores);
    }

    @Test
    void aListIsLeftAlone() {
        try (Patient patient = patient(Match.class)) {
            assertThat(patient.findings(CODE)).isEmpty();
        }
    }
}
