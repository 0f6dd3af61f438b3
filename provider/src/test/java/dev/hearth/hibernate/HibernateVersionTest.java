package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.test.HibernateRelease;
import org.hibernate.SessionFactory;
import org.hibernate.cache.CacheException;
import org.hibernate.cfg.Configuration;
import org.hibernate.event.spi.EventSource;
import org.junit.jupiter.api.Test;

final class HibernateVersionTest {
    /** The build names the release; without it, as in an IDE, there is nothing to compare. */
    @Test
    void testsRunWithTheReleaseThatTheBuildNames() {
        String named = System.getProperty("hearth.test.hibernate");
        assumeTrue(named != null, "The build has named no release");

        assertThat(HibernateRelease.name()).isEqualTo(named);
    }

    @Test
    void aSupportedVersionIsTaken() {
        assumeTrue(HibernateRelease.isAtLeast(7, 2), "This version is refused");

        assertThatCode(HibernateVersion::check).doesNotThrowAnyException();
    }

    @Test
    void aVersionWhoseEventsNameNoStatelessSessionIsRefusedWithTheReason() {
        assertThatThrownBy(() -> HibernateVersion.check(OldEvent.class, "7.1.17.Final"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("Hibernate 7.1.17.Final")
                .hasMessageContaining("which stateless session changes a table")
                .hasMessageContaining("use Hibernate 7.2, 7.3 or 7.4");
    }

    @Test
    void noSessionFactoryIsBuiltOnAnOlderVersion() {
        assumeFalse(HibernateRelease.isAtLeast(7, 2), "This version is supported");

        assertThatThrownBy(HibernateVersionTest::build)
                .rootCause()
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("Hibernate " + HibernateRelease.name());
    }

    private static void build() {
        Configuration configuration = new Configuration()
                .setProperty("hibernate.connection.url", "jdbc:h2:mem:version")
                .setProperty("hibernate.cache.use_second_level_cache", "true")
                .setProperty("hibernate.cache.region.factory_class", "hearth");
        try (SessionFactory built = configuration.buildSessionFactory()) {
            assertThat(built.isOpen()).isTrue();
        }
    }

    /** As until Hibernate 7.1. */
    @SuppressWarnings("unused") // asked by reflection
    private interface OldEvent {
        EventSource getSession();
    }
}
