package dev.hearth.warming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.test.RedisConnection;
import dev.hearth.test.shop.Book;
import dev.hearth.test.shop.Category;
import dev.hearth.test.shop.Country;
import dev.hearth.test.shop.OrderLine;
import dev.hearth.test.shop.OrderLineId;
import dev.hearth.test.shop.Product;
import dev.hearth.warming.WarmTarget.Entities;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a warm-up brings into the cache of entities, as another node finds it there. */
final class DatabaseLoaderIT extends LoaderFixture {
    @Test
    void everyEntityIsServedToAnotherNodeWithoutSql() throws Exception {
        loader.load(all(Gauge.class), run);

        assertThat(run.pages).hasSize(3);
        assertThat(run.read()).isEqualTo(10);
        assertThat(run.stored()).isEqualTo(10);
        for (UUID id : GAUGES) {
            assertServed(Gauge.class, id);
        }
        other.inTransaction(session -> {
            Gauge gauge = session.find(Gauge.class, GAUGES.get(3));
            assertThat(gauge.unit).isEqualTo("unit 3");
            assertThat(gauge.range).isEqualTo(new Gauge.Range(3, 4));
            gauge.place = "cellar";
        });
        other.inTransaction(session -> {
            assertThat(session.find(Gauge.class, GAUGES.get(3)).version).isPositive();
            session.find(Gauge.class, GAUGES.get(3)).place = "roof";
        });
    }

    @Test
    void subclassesAndAssociationsAreServedToAnotherNode() throws Exception {
        loader.load(all(Product.class), run);
        loader.load(all(Category.class), run);
        loader.load(all(Country.class), run);

        assertThat(run.stored()).isEqualTo(3 + 3 + 2);
        assertThat(sql(
                        other,
                        () -> other.inTransaction(session -> {
                            Book book = (Book) session.find(Product.class, 1L);
                            assertThat(book.getIsbn()).isEqualTo("9780000000001");
                            assertThat(book.getPrice()).isEqualTo(new BigDecimal("19.90"));
                            assertThat(book.getCategory().getParent().getName()).isEqualTo("Everything");
                            assertThat(session.find(Country.class, "FR").getName())
                                    .isEqualTo("France");
                        })))
                .isZero();
    }

    @Test
    void aRestrictionAndALimitBoundWhatIsLoaded() throws Exception {
        loader.load(where(Gauge.class, "e.range.low >= :low or e.unit = 'unit 0'", Map.of("low", 7)), run);
        assertThat(run.stored()).isEqualTo(4);

        RecordedRun limited = new RecordedRun();
        loader.load(new Entities(Gauge.class, null, Map.of(), List.of(), 6, Set.of(), false), limited);
        assertThat(limited.stored() + limited.skipped()).isEqualTo(6);
        assertThat(loader.estimate(new Entities(Gauge.class, null, Map.of(), List.of(), 6, Set.of(), false)))
                .isEqualTo(6);
        assertThat(loader.estimate(where(Gauge.class, "e.range.low >= :low", Map.of("low", 7))))
                .isEqualTo(3);
    }

    @Test
    void aSecondWarmUpReadsNoRowsAndStoresNothing() throws Exception {
        loader.load(all(Gauge.class), run);
        RecordedRun second = new RecordedRun();

        long statements = sql(warmer, () -> loader.load(all(Gauge.class), second));

        assertThat(statements).isEqualTo(3);
        assertThat(second.read()).isZero();
        assertThat(second.stored()).isZero();
        assertThat(second.skipped()).isEqualTo(10);
    }

    @Test
    void whatIsMoreThanHalfWayToItsExpiryIsRenewed() throws Exception {
        loader.load(all(Gauge.class), run);
        try (RedisConnection connection = redis.connect()) {
            List<String> keys = connection.keys("*Gauge*}:*");
            assertThat(keys).hasSize(10);
            keys.forEach(key -> connection.call("PEXPIRE", key, "60000"));
            RecordedRun second = new RecordedRun();

            loader.load(all(Gauge.class), second);

            assertThat(second.stored()).isEqualTo(10);
            assertThat(keys)
                    .allSatisfy(key ->
                            assertThat((Long) connection.call("PTTL", key)).isGreaterThan(60_000));
        }
        RecordedRun third = new RecordedRun();
        loader.load(all(Gauge.class), third);
        assertThat(third.stored()).as("nothing is renewed too early").isZero();
        assertThat(third.read()).isZero();
    }

    @Test
    void onlyWhatIsMissingIsRead() throws Exception {
        loader.load(all(Gauge.class), run);
        warmer.sessionFactory().getCache().evict(Gauge.class, GAUGES.get(5));
        RecordedRun second = new RecordedRun();

        loader.load(all(Gauge.class), second);

        assertThat(second.read()).isPositive().isLessThanOrEqualTo(3);
        assertThat(second.stored()).isOne();
        assertServed(Gauge.class, GAUGES.get(5));
    }

    /** One statement for a page in place of two, and no question to Redis. */
    @Test
    void behindAPageOfWhichNothingWasThereRowsAreReadWithoutTheirIds() throws Exception {
        long statements = sql(warmer, () -> loader.load(all(Gauge.class), run));

        assertThat(run.pages).hasSize(3);
        assertThat(statements).isEqualTo(2 + 1 + 1);
        assertThat(run.stored()).isEqualTo(10);
    }

    @Test
    void rowsAreNotReadAtOnceAnyMoreWhereRedisHasOneOfThem() throws Exception {
        loader.load(all(Gauge.class), run);
        // Past the protocol, whose fences would have the first page read twice.
        try (RedisConnection connection = redis.connect()) {
            List<String> first =
                    GAUGES.subList(0, 4).stream().map(UUID::toString).toList();
            connection.keys("*Gauge*}:*").stream()
                    .filter(key -> first.stream().anyMatch(key::endsWith))
                    .forEach(key -> connection.call("DEL", key));
        }
        RecordedRun second = new RecordedRun();

        loader.load(all(Gauge.class), second);

        assertThat(second.stored()).isEqualTo(4);
        assertThat(second.read()).as("of the first page, and of the second").isEqualTo(8);
    }

    @Test
    void noStatementAsksForMoreThan500Ids() {
        List<UUID> ids = IntStream.range(0, 1_200).mapToObj(i -> new UUID(8, i)).toList();
        EntityQueries queries = new EntityQueries(warmer.implementor(), all(Gauge.class));
        warmer.sql().reset();

        int found = warmer.sessionFactory().fromStatelessTransaction(session -> queries.read(session, ids));

        assertThat(found).isZero();
        assertThat(warmer.sql().statements())
                .hasSize(3)
                .allSatisfy(sql -> assertThat(sql.chars().filter(unit -> unit == '?'))
                        .hasSizeLessThanOrEqualTo(500)
                        .hasSizeGreaterThan(100));
    }

    @Test
    void aRunGoesOnFromItsCheckpoint() throws Exception {
        RecordedRun ended = new RecordedRun(null, page -> {
            if (page == 2) {
                throw new RunEndedException("cancelled");
            }
        });
        assertThatExceptionOfType(RunEndedException.class).isThrownBy(() -> loader.load(all(Gauge.class), ended));
        assertThat(ended.stored()).isEqualTo(8);

        RecordedRun next = new RecordedRun(ended.reached(), page -> {});
        loader.load(all(Gauge.class), next);

        assertThat(next.pages).hasSize(1);
        assertThat(next.read()).isEqualTo(2);
    }

    @Test
    void aGivenOrderIsKept() throws Exception {
        loader.load(new Entities(Gauge.class, null, Map.of(), List.of("range.low desc"), 2, Set.of(), false), run);

        assertThat(run.stored()).isEqualTo(2);
        assertServed(Gauge.class, GAUGES.get(9));
        assertServed(Gauge.class, GAUGES.get(8));
        assertThat(run.reached()).isNull();
    }

    @Test
    void entitiesWithEmbeddedIdsAreLoaded() throws Exception {
        loader.load(all(OrderLine.class), run);

        assertThat(run.stored()).isEqualTo(2);
        assertServed(OrderLine.class, new OrderLineId(1, 2));
    }
}
