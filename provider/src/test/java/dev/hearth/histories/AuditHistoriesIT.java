package dev.hearth.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthFactoryFixture;
import dev.hearth.HearthRegionFactory;
import dev.hearth.audit.AuditFigures;
import dev.hearth.test.RedisExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.cache.spi.RegionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The auditor raises no alarm while random work changes what it looks at. */
final class AuditHistoriesIT {
    private static final Logger log = LoggerFactory.getLogger(AuditHistoriesIT.class);

    /** System property: how long, as {@code PT1H}, in place of some seconds. */
    private static final String LENGTH = "hearth.soak.duration";

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private final long seed = Long.getLong("hearth.histories.seed", System.nanoTime());

    @Test
    void nothingIsFoundStaleInRegionsThatPromiseIt() {
        List<RegionFactory> factories = WrongClock.onThreeNodes().stream()
                .<RegionFactory>map(HearthFactoryFixture::withClock)
                .toList();
        Map<String, Object> settings = new HashMap<>(NearHistory.settings("strict"));
        settings.put("hibernate.cache.hearth.audit.sample", "1");
        settings.put("hibernate.cache.hearth.audit.rate", "300");
        try (LocalHistory history =
                new LocalHistory(redis.endpoint(), redis.keyspace(), factories, Crew.USUAL, settings)) {
            history.near().forEach(NearTierOf::awaitTrust);
            Round round = history.round(seed, Duration.parse(System.getProperty(LENGTH, "PT12S")));
            List<Map<String, AuditFigures>> audits = factories.stream()
                    .map(factory -> ((HearthRegionFactory) factory).audits())
                    .toList();
            log.info("seed {}: {}; audits {}", seed, round, audits);

            assertThat(round.problems()).isEmpty();
            assertThat(audits)
                    .allSatisfy(node -> assertThat(node.values())
                            .allSatisfy(figures -> assertThat(figures.stale()).isZero()));
            assertThat(audits.stream()
                            .flatMap(node -> node.values().stream())
                            .mapToLong(AuditFigures::audited)
                            .sum())
                    .as("audits, or nothing was tested")
                    .isGreaterThan(150);
        }
    }
}
