package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hearth.BulkLoad;
import dev.hearth.CacheUnavailableException;
import dev.hearth.statistics.PutCounts;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.RoundTrips;
import dev.hearth.test.shop.Book;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Order;
import dev.hearth.test.shop.Product;
import dev.hearth.test.shop.Shop;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.CacheSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a bulk load publishes, and what it does not. */
final class BulkLoadIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            2,
            builder -> builder.entities(Stream.concat(Shop.ENTITIES.stream(), Stream.of(Library.ENTITIES))
                    .toList()));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode loader = nodes.get(0);
    private final CachingNode other = nodes.get(1);

    @Test
    void entitiesOfAHierarchyAreServedToAnotherNode() {
        long id = persist(ids -> new Book(ids, "Dictionary", BigDecimal.TEN, null, "978"));
        long plain = persist(ids -> new Product(ids, "Kite", BigDecimal.ONE, null));

        assertThat(load("from Product where id in (" + id + "," + plain + ")", true))
                .isEqualTo(new PutCounts(2, Map.of()));

        assertThat(other.ask(session -> ((Book) session.find(Product.class, id)).getIsbn()))
                .isEqualTo(cached("978"));
        assertThat(other.ask(session -> session.find(Product.class, plain).getName()))
                .isEqualTo(cached("Kite"));
    }

    @Test
    void naturalIdsAndFetchedCollectionsAreServedToAnotherNode() {
        long id = persistCustomer();
        other.inTransaction(
                session -> session.persist(new Order(id, LocalDate.EPOCH, session.find(Customer.class, id))));
        clear();

        assertThat(load("from Customer c left join fetch c.orders where c.id = " + id, true)
                        .stored())
                .isEqualTo(4);

        assertThat(other.ask(session ->
                        session.bySimpleNaturalId(Customer.class).load(mail(id)).getName()))
                .isEqualTo(cached("Ada"));
        assertThat(other.ask(session ->
                        session.find(Customer.class, id).getOrders().get(0).getPlaced()))
                .isEqualTo(cached(LocalDate.EPOCH));
    }

    @Test
    void collectionsOfValuesAndOfManyToManyAreServedToAnotherNode() {
        long id = IDS.incrementAndGet();
        other.inTransaction(session -> {
            Library.Article article = new Library.Article(id);
            article.keywords.addAll(List.of("b", "a"));
            Library.Tag tag = new Library.Tag(id);
            article.tags.add(tag);
            session.persist(tag);
            session.persist(article);
        });
        clear();

        load("from Article a left join fetch a.keywords where a.id = " + id, true);
        load("from Article a left join fetch a.tags where a.id = " + id, true);

        assertThat(other.ask(session -> List.copyOf(session.find(Library.Article.class, id).keywords)))
                .isEqualTo(cached(List.of("b", "a")));
        assertThat(other.ask(
                        session -> session.find(Library.Article.class, id).tags.size()))
                .isEqualTo(cached(1));
    }

    @Test
    void anEmptyCollectionIsPublished() {
        long id = persistCustomer();
        clear();

        load("from Customer c left join fetch c.orders where c.id = " + id, true);

        assertThat(other.ask(
                        session -> session.find(Customer.class, id).getOrders().size()))
                .isEqualTo(cached(0));
    }

    @Test
    void naturalIdsAreLeftOutOnDemand() {
        long id = persistCustomer();
        clear();

        assertThat(load("from Customer where id = " + id, false).stored()).isOne();

        assertThat(other.ask(session -> session.bySimpleNaturalId(Customer.class)
                                .load(mail(id))
                                .getName())
                        .fromCache())
                .isFalse();
    }

    @Test
    void whatAnotherSessionCommitsBetweenReadAndFlushStays() {
        long id = persist(ids -> new Product(ids, "Kite", BigDecimal.ONE, null));
        clear();
        loader.awaitStamp();
        try (BulkLoad load = BulkLoad.begin(loader.sessionFactory(), true)) {
            run(load, "from Product where id = " + id);
            other.inTransaction(session -> session.find(Product.class, id).setName("Ball"));

            PutCounts counts = load.flush();

            assertThat(counts.stored()).isZero();
            assertThat(counts.refused()).containsOnlyKeys(PutRefusal.FENCED);
        }
        assertThat(other.ask(session -> session.find(Product.class, id).getName()))
                .isEqualTo(cached("Ball"));
        assertThat(loader.ask(session -> session.find(Product.class, id).getName()))
                .isEqualTo(cached("Ball"));
    }

    @Test
    void putsAndRefusalsAreCountedInTheRegion() {
        long id = persist(ids -> new Product(ids, "Kite", BigDecimal.ONE, null));
        clear();
        long puts = loader.statistics(Product.class).puts();
        long present = loader.statistics(Product.class).refusals(PutRefusal.PRESENT);

        assertThat(load("from Product where id = " + id, true).stored()).isOne();
        assertThat(load("from Product where id = " + id, true).refused(PutRefusal.PRESENT))
                .isOne();

        assertThat(loader.statistics(Product.class).puts()).isEqualTo(puts + 1);
        assertThat(loader.statistics(Product.class).refusals(PutRefusal.PRESENT))
                .isEqualTo(present + 1);
    }

    @Test
    void resultsOfCacheableQueriesAreFlushedToo() {
        long id = persist(ids -> new Product(ids, "Kite", BigDecimal.ONE, null));
        loader.awaitStamp();
        String query = "select name from Product where id = " + id;
        try (BulkLoad load = BulkLoad.begin(loader.sessionFactory(), true)) {
            load.session()
                    .createSelectionQuery(query, String.class)
                    .setCacheable(true)
                    .getResultList();

            assertThat(load.flush().stored()).isOne();
        }
        assertThat(other.ask(session -> session.createSelectionQuery(query, String.class)
                        .setCacheable(true)
                        .getResultList()))
                .isEqualTo(cached(List.of("Kite")));
    }

    @Test
    void itTellsWhatIsMissing() {
        long id = persistCustomer();
        long missing = id + 1_000_000;
        clear();
        load("from Customer c left join fetch c.orders where c.id = " + id, true);
        try (BulkLoad load = BulkLoad.begin(loader.sessionFactory(), true)) {
            assertThat(load.missing(Customer.class, List.of(id, missing))).containsExactly(missing);
            assertThat(load.missingCollections(Customer.class.getName() + ".orders", List.of(missing, id)))
                    .containsExactly(missing);
            clear();
            assertThat(load.missing(Customer.class, List.of(id, missing))).containsExactly(id, missing);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> load.missing(Library.Poster.class, List.of(id)))
                    .withMessageContaining("Poster is not cached");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> load.missingCollections(Customer.class.getName() + ".ordres", List.of(id)))
                    .withMessageContaining("ordres is no collection");
        }
    }

    @Test
    void manyEntriesLeaveInFewCommandsAndEachOneArrives() throws Exception {
        List<Long> ids =
                LongStream.range(0, 450).mapToObj(i -> IDS.incrementAndGet()).toList();
        other.inTransaction(
                session -> ids.forEach(id -> session.persist(new Product(id, "Kite " + id, BigDecimal.ONE, null))));
        clear();
        try (FaultProxy proxy = FaultProxy.to(nodes.redis().endpoint());
                Nodes behindProxy = behind(proxy)) {
            CachingNode node = nodes.caching(behindProxy.get(0));
            RoundTrips wire = RoundTrips.on(proxy);
            node.awaitStamp();
            RoundTrips.Counts counts = wire.duringAndAfter(
                    () -> assertThat(load(node, "from Product where id between " + ids.get(0) + " and " + ids.get(449))
                                    .stored())
                            .isEqualTo(450),
                    Duration.ofMillis(50));
            assertThat(counts.names())
                    .filteredOn(name -> name.startsWith("EVAL"))
                    .hasSizeLessThanOrEqualTo(6);
        }
        for (long id : ids) {
            assertThat(other.ask(session -> session.find(Product.class, id).getName()))
                    .isEqualTo(cached("Kite " + id));
        }
    }

    @Test
    void noCommandKeepsRedisBusyWithMoreThan500Entries() throws Exception {
        List<Long> ids = LongStream.range(0, 1_200).mapToObj(i -> -1 - i).toList();
        try (FaultProxy proxy = FaultProxy.to(nodes.redis().endpoint());
                Nodes behindProxy = behind(proxy)) {
            CachingNode node = nodes.caching(behindProxy.get(0));
            RoundTrips wire = RoundTrips.on(proxy);
            try (BulkLoad load = BulkLoad.begin(node.sessionFactory(), true)) {
                RoundTrips.Counts counts = wire.during(
                        () -> assertThat(load.missing(Product.class, ids)).hasSize(1_200));
                // A script's keys are the record, and the entries that it looks at.
                List<Integer> entries = counts.commands().stream()
                        .filter(command -> command.name().equals("EVALSHA"))
                        .map(command -> Integer.parseInt(command.arguments().get(1)) - 1)
                        .toList();
                assertThat(entries).allMatch(looked -> looked <= 500);
                assertThat(entries.stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(1_200);
            }
        }
    }

    @Test
    void aFlushThatRedisDoesNotAnswerFails() throws Exception {
        long id = persist(ids -> new Product(ids, "Kite", BigDecimal.ONE, null));
        try (FaultProxy proxy = FaultProxy.to(nodes.redis().endpoint());
                Nodes behindProxy = behind(proxy)) {
            CachingNode node = nodes.caching(behindProxy.get(0));
            assertThat(BulkLoad.isAvailable(node.sessionFactory())).isTrue();
            try (BulkLoad load = BulkLoad.begin(node.sessionFactory(), true)) {
                run(load, "from Product where id = " + id);
                proxy.holdAnswers();
                assertThatExceptionOfType(CacheUnavailableException.class).isThrownBy(load::flush);
                assertThatExceptionOfType(CacheUnavailableException.class)
                        .isThrownBy(() -> load.missing(Product.class, List.of(id)));
            }
            assertThat(BulkLoad.isAvailable(node.sessionFactory())).isFalse();
        }
    }

    private static Nodes behind(FaultProxy proxy) {
        return nodes.builder()
                .keepSchema()
                .setting(Nodes.REDIS_URL, proxy.url())
                .setting("hibernate.cache.hearth.redis.command-timeout", "2s")
                .setting(CacheSettings.USE_QUERY_CACHE, "false")
                .start(1);
    }

    private PutCounts load(String query, boolean naturalIds) {
        loader.awaitStamp();
        try (BulkLoad load = BulkLoad.begin(loader.sessionFactory(), naturalIds)) {
            run(load, query);
            return load.flush();
        }
    }

    private static PutCounts load(CachingNode node, String query) {
        try (BulkLoad load = BulkLoad.begin(node.sessionFactory(), true)) {
            run(load, query);
            return load.flush();
        }
    }

    private static void run(BulkLoad load, String query) {
        StatelessSession session = load.session();
        session.beginTransaction();
        session.createSelectionQuery(query, Object.class).setReadOnly(true).getResultList();
        session.getTransaction().commit();
    }

    private long persist(LongFunction<Object> row) {
        long id = IDS.incrementAndGet();
        other.inTransaction(session -> session.persist(row.apply(id)));
        clear();
        return id;
    }

    private long persistCustomer() {
        return persist(id -> new Customer(id, mail(id), "Ada", null));
    }

    private static String mail(long id) {
        return id + "@example.org";
    }

    /** Nothing is cached any more, and what is read from now on may be. */
    private void clear() {
        other.cache().evictAllRegions();
        loader.awaitStamp();
    }
}
