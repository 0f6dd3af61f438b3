package dev.hearth.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.LogLines;
import dev.hearth.statistics.RoundTrips;
import dev.hearth.test.Eventually;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisExtension;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Product;
import dev.hearth.test.shop.Shop;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each of the doctor's findings: provoked, and gone where it is cured. */
final class DoctorIT {
    private static final String PREFIX = "hibernate.cache.hearth.";
    private static final String PRODUCT = Product.class.getName();
    private static final String QUERIES = "default-query-results-region";
    private static final AtomicInteger KEYSPACES = new AtomicInteger();
    private static final int ENOUGH = (int) Check.ENOUGH;
    private static final int PART = 100;

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    /** Has a cached natural id, and is not cached itself. */
    @Entity(name = "Member")
    @NaturalIdCache
    static class Member {
        @Id
        Long id;

        @NaturalId
        String email;

        protected Member() {}

        Member(long id) {
            this.id = id;
            this.email = id + "@example.org";
        }
    }

    private static Nodes.Builder builder() {
        return Nodes.on(postgres.database(), redis.endpoint())
                .setting(PREFIX + "keyspace", redis.keyspace() + "-" + KEYSPACES.incrementAndGet())
                .setting(PREFIX + "redis.command-timeout", "10s")
                .entities(Stream.concat(Shop.ENTITIES.stream(), Stream.of(Member.class))
                        .toList());
    }

    private static Nodes.Builder near() {
        return builder().setting(Nodes.NEAR, "strict").setting(PREFIX + "near.lease", "500ms");
    }

    // The mapping

    @Test
    void anUnversionedEntityThatIsKeptFast() {
        String code = "unversioned-read-write-near-fast";
        try (Patient patient = new Patient(builder().setting(Nodes.NEAR, "fast"))) {
            assertThat(patient.findings(code)).contains(PRODUCT).doesNotContain(Customer.class.getName());
        }
        try (Patient patient = new Patient(
                builder().setting(Nodes.NEAR, "fast").setting(PREFIX + "region." + PRODUCT + ".near", "strict"))) {
            assertThat(patient.findings(code)).doesNotContain(PRODUCT);
        }
    }

    @Test
    void aNaturalIdThatIsCachedWithoutItsEntity() {
        try (Patient patient = new Patient(builder())) {
            assertThat(patient.findings("natural-id-without-entity")).containsExactly(Member.class.getName());

            patient.inTransaction(session -> session.persist(new Member(1)));
            long waits = RoundTrips.onThisThread();
            patient.ask(session -> session.find(Member.class, 1L));
            assertThat(RoundTrips.onThisThread()).as("as it says").isGreaterThan(waits);
        }
    }

    @Test
    void aNaturalIdThatIsStoredAndNeverAskedFor() {
        String code = "natural-id-never-asked";
        try (Patient patient = new Patient(builder())) {
            assertThat(patient.findings(code)).isEmpty();
            // In parts, since a transaction's puts beyond what may be under way are dropped.
            for (long first = 1; first <= ENOUGH; first += PART) {
                long from = first;
                patient.inTransaction(session -> LongStream.range(from, from + PART)
                        .forEach(id -> session.persist(new Customer(id, id + "@example.org", "Ada", null))));
                patient.settle();
            }
            Eventually.holds("it is found", () -> patient.findings(code).equals(List.of(Customer.class.getName())));

            patient.ask(session -> session.bySimpleNaturalId(Customer.class)
                    .load("1@example.org")
                    .getName());

            assertThat(patient.findings(code)).isEmpty();
        }
    }

    // Queries

    @Test
    void aCachedQueryThatHoldsIdsOfWhatIsNotCached() {
        String code = "shallow-query-over-uncached";
        try (Patient patient = new Patient(builder().setting("hibernate.cache.query_cache_layout", "SHALLOW"))) {
            assertThat(emails(patient)).isEmpty();
            assertThat(patient.findings(code)).isEmpty();

            assertThat(members(patient)).isEmpty();

            assertThat(patient.findings(code))
                    .singleElement()
                    .asString()
                    .startsWith("select ")
                    .contains("Member");
        }
        try (Patient patient = new Patient(builder().setting("hibernate.cache.query_cache_layout", "AUTO"))) {
            assertThat(members(patient)).isEmpty();

            assertThat(patient.findings(code)).isEmpty();
        }
    }

    private static List<Member> members(Patient patient) {
        return patient.ask(session -> session.createQuery("from Member", Member.class)
                .setCacheable(true)
                .list());
    }

    private static List<String> emails(Patient patient) {
        return patient.ask(session -> session.createQuery("select email from Member", String.class)
                .setCacheable(true)
                .list());
    }

    @Test
    void resultsThatLiveLongerThanTheEntitiesWhoseIdsTheyHold() {
        String code = "query-outlives-entities";
        try (Patient patient = new Patient(auto().setting(PREFIX + "region." + PRODUCT + ".time-to-live", "10m"))) {
            assertThat(products(patient)).isEmpty();

            assertThat(patient.findings(code)).singleElement().asString().contains("Product");
        }
        try (Patient patient = new Patient(auto().setting(PREFIX + "region." + QUERIES + ".time-to-live", "10m"))) {
            assertThat(products(patient)).isEmpty();

            assertThat(patient.findings(code)).isEmpty();
        }
    }

    private static Nodes.Builder auto() {
        return builder().setting("hibernate.cache.query_cache_layout", "AUTO");
    }

    private static List<Product> products(Patient patient) {
        return patient.ask(session -> session.createQuery("from Product", Product.class)
                .setCacheable(true)
                .list());
    }

    // Settings

    @Test
    void entriesThatLiveLessLongThanALock() {
        String code = "time-to-live-below-lock-timeout";
        try (Patient patient = new Patient(builder().setting(PREFIX + "region." + PRODUCT + ".time-to-live", "20s"))) {
            assertThat(patient.findings(code)).containsExactly(PRODUCT);
        }
        try (Patient patient = new Patient(builder()
                .setting(PREFIX + "region." + PRODUCT + ".time-to-live", "20s")
                .setting(PREFIX + "region." + PRODUCT + ".lock-timeout", "15s"))) {
            assertThat(patient.findings(code)).isEmpty();
        }
    }

    // What is gained

    @Test
    void aRegionThatHasNeverServedAnything() {
        try (Patient patient = new Patient(builder())) {
            assertThat(patient.findings("never-hit")).isEmpty();
            patient.inTransaction(session -> {
                for (long id = 1; id <= ENOUGH; id++) {
                    session.find(Product.class, -id);
                }
            });
            assertThat(patient.findings("never-hit")).containsExactly(PRODUCT);

            patient.inTransaction(DoctorIT::persistKite);
            Eventually.holds("it is hit", () -> {
                patient.ask(session -> session.find(Product.class, 1L));
                return patient.findings("never-hit").isEmpty();
            });
        }
    }

    @Test
    void aRegionThatTakesMoreTimeThanItSaves() {
        try (Patient patient = new Patient(near())) {
            patient.inTransaction(DoctorIT::persistKite);
            for (int i = 0; i < ENOUGH; i++) {
                patient.node().sessionFactory().getCache().evict(Product.class, 1L);
                patient.ask(session -> session.find(Product.class, 1L));
            }
            Eventually.holds("it is found", () -> {
                patient.ask(session -> session.find(Product.class, 1L));
                return patient.findings("region-net-loss").equals(List.of(PRODUCT));
            });

            Eventually.holds("it gains", () -> {
                for (int i = 0; i < 1_000; i++) {
                    patient.ask(session -> session.find(Product.class, 1L));
                }
                return patient.findings("region-net-loss").isEmpty();
            });
        }
    }

    @Test
    void aQueryThatTakesMoreTimeThanItSaves() {
        try (Patient patient = new Patient(near())) {
            for (int i = 0; i < ENOUGH; i++) {
                names(patient, i);
            }
            assertThat(patient.findings("query-net-loss"))
                    .singleElement()
                    .asString()
                    .contains("Product");

            Eventually.holds("it gains", () -> {
                for (int i = 0; i < 1_000; i++) {
                    names(patient, 1);
                }
                return patient.findings("query-net-loss").isEmpty();
            });
        }
    }

    private static void names(Patient patient, long id) {
        patient.ask(session -> session.createQuery("select name from Product where id = :id", String.class)
                .setParameter("id", id)
                .setCacheable(true)
                .list());
    }

    // What is going on

    @Test
    void aNativeStatementThatClearsEverything() {
        String code = "native-statement-clears-all";
        try (Patient patient = new Patient(builder())) {
            patient.inTransaction(
                    session -> session.createNativeQuery("update Product set name = 'Eve' where id = -1", Object.class)
                            .addSynchronizedEntityClass(Product.class)
                            .executeUpdate());
            assertThat(patient.findings(code)).isEmpty();

            patient.inTransaction(DoctorIT::unspecific);

            assertThat(patient.findings(code)).singleElement().asString().contains("DoctorIT.unspecific");
        }
    }

    private static void unspecific(Session session) {
        session.createNativeMutationQuery("update Product set name = 'Eve' where id = -1")
                .executeUpdate();
    }

    @Test
    void aLockThatIsHeldForLongWithItsOwner() {
        try (Patient patient = new Patient(builder()
                        .setting(PREFIX + "lock-timeout", "1s")
                        .setting(PREFIX + "redis.command-timeout", "900ms"));
                Session session = patient.node().sessionFactory().openSession()) {
            patient.inTransaction(DoctorIT::persistKite);
            session.beginTransaction();
            session.find(Product.class, 1L).setName("Hawk");
            session.flush();
            assertThat(patient.findings("lock-held-long")).isEmpty();

            Eventually.holds(
                    "it is found",
                    () -> patient.doctor().examine().stream()
                            .filter(finding -> finding.code().equals("lock-held-long"))
                            .anyMatch(finding -> finding.reason()
                                            .contains(Thread.currentThread().getName())
                                    && finding.reason().contains(PRODUCT)));

            session.getTransaction().rollback();
            assertThat(patient.findings("lock-held-long")).isEmpty();
        }
    }

    // Telling

    @Test
    void aFindingIsLoggedAtTheStartAndOnce() {
        try (LogLines lines = LogLines.of(Doctor.class.getName());
                Patient patient = new Patient(builder())) {
            Eventually.holds(
                    "it is logged",
                    () -> lines.with("natural-id-without-entity").size() == 1);
            assertThat(patient.findings("natural-id-without-entity")).hasSize(1);
            assertThat(patient.findings("natural-id-without-entity")).hasSize(1);

            assertThat(lines.with("natural-id-without-entity"))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("[" + Member.class.getName() + "]")
                            .contains("@NaturalIdCache"));
        }
    }

    private static void persistKite(Session session) {
        session.persist(new Product(1, "Kite", BigDecimal.ONE, null));
    }
}
