package dev.hearth.boot.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is Spring Boot's part of {@code hearth.*}; everything else under it is a setting of the provider or of warming.
 *
 * @param enabled whether Hearth is configured at all
 */
@ConfigurationProperties("hearth")
public record HearthProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Admin admin,
        @DefaultValue Dashboard dashboard,
        @DefaultValue Readiness readiness) {
    /** @param showKeys whether the endpoints may show ids of entries */
    public record Admin(@DefaultValue("false") boolean showKeys) {}

    /**
     * @param enabled whether the dashboard is served among the endpoints
     * @param operatorRole who sees the buttons that change something, where somebody is signed in; without a prefix
     */
    public record Dashboard(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("OPERATOR") String operatorRole) {}

    /** @param awaitCritical how long the application waits for critical tasks of warming before it is ready; 0 for not at all */
    public record Readiness(@DefaultValue("0s") Duration awaitCritical) {
        private static final Duration LONGEST = Duration.ofHours(1);

        public Readiness {
            if (awaitCritical.isNegative() || awaitCritical.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "hearth.readiness.await-critical must be from 0s to 1h, for example 30s, but was "
                                + awaitCritical);
            }
        }
    }
}
