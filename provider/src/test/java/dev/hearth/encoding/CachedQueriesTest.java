package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.encoding.BasicTypesModel.Basics;
import dev.hearth.encoding.BasicTypesModel.Status;
import dev.hearth.encoding.EncodingException.Reason;
import dev.hearth.encoding.ShopModel.Party;
import dev.hearth.encoding.ShopModel.Purchase;
import jakarta.persistence.Tuple;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.query.Query;
import org.hibernate.query.SelectionQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries of every kind, whose results Hibernate reads back from bytes, on the node that wrote them and on another. */
class CachedQueriesTest {
    private static QueryNodesFixture basics;
    private static QueryNodesFixture shop;
    private static QueryNodesFixture shallowShop;
    private static QueryNodesFixture mixedShop;
    private static QueryNodesFixture autoShop;

    @BeforeAll
    static void start() {
        basics = QueryNodesFixture.withLayout("full", Basics.class);
        basics.fill(session -> {
            session.persist(BasicTypesModel.full(1));
            Basics empty = new Basics();
            empty.id = 2;
            session.persist(empty);
        });
        shop = start(Layout.FULL);
        shallowShop = start(Layout.SHALLOW);
        mixedShop = start(Layout.SHALLOW_WITH_DISCRIMINATOR);
        autoShop = start(Layout.AUTO);
    }

    private static QueryNodesFixture start(Layout layout) {
        QueryNodesFixture nodes = QueryNodesFixture.withLayout(layout.name(), ShopModel.ENTITIES);
        nodes.fill(ShopModel::fill);
        return nodes;
    }

    @AfterAll
    static void stop() {
        basics.close();
        shop.close();
        shallowShop.close();
        mixedShop.close();
        autoShop.close();
    }

    /** By name, since JUnit closes parameters that can be closed. */
    private static QueryNodesFixture shop(Layout layout) {
        return switch (layout) {
            case FULL -> shop;
            case SHALLOW -> shallowShop;
            case SHALLOW_WITH_DISCRIMINATOR -> mixedShop;
            case AUTO -> autoShop;
        };
    }

    enum Layout {
        FULL,
        SHALLOW,
        SHALLOW_WITH_DISCRIMINATOR,
        AUTO
    }

    private static <T> List<T> cached(SelectionQuery<T> query) {
        return query.setCacheable(true).getResultList();
    }

    private static List<Object> query(QueryNodesFixture nodes, String hql, Class<?> type) {
        return nodes.seenByBoth(session -> cached(session.createSelectionQuery(hql, type)));
    }

    @Test
    void anEntityOfAllBasicTypes() {
        assertThat(query(basics, "from Basics b order by b.id", Basics.class)).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void aColumnOfEachBasicType(String attribute) throws Exception {
        if (isArrayOfObjects(attribute)) {
            aLoneColumnOfArraysIsNotCached(attribute);
            return;
        }
        List<Object> values = query(basics, "select b." + attribute + " from Basics b order by b.id", Object.class);

        assertThat(values).hasSize(2);
    }

    private static boolean isArrayOfObjects(String attribute) throws NoSuchFieldException {
        return Object[]
                .class.isAssignableFrom(Basics.class.getDeclaredField(attribute).getType());
    }

    /** Hibernate would read back their first elements. */
    private static void aLoneColumnOfArraysIsNotCached(String attribute) {
        basics.forgetResults();
        basics.here.inTransaction(session ->
                cached(session.createSelectionQuery("select b." + attribute + " from Basics b", Object.class)));

        assertThat(basics.here.cache.results.stored).isEmpty();
        assertThat(basics.here.cache.results.refusals)
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_ENCODABLE));
    }

    @ParameterizedTest
    @MethodSource("attributesInOneValue")
    void aNativeColumnOfEachBasicType(String attribute) {
        assertThat(basics.seenByBoth(session -> cached(nativeQuery(session, attribute))))
                .hasSize(2);
    }

    private static Query<Object[]> nativeQuery(Session session, String attribute) {
        return session.createNativeQuery(
                "select \"id\", \"" + attribute + "\" from \"Basics\" order by \"id\"", Object[].class);
    }

    static Stream<String> attributes() {
        return Arrays.stream(Basics.class.getDeclaredFields()).map(Field::getName);
    }

    /** All but those whose column is an SQL array: Hibernate cannot read that without being told the type. */
    static Stream<String> attributesInOneValue() {
        return Arrays.stream(Basics.class.getDeclaredFields())
                .filter(field -> !Collection.class.isAssignableFrom(field.getType()))
                .filter(field -> !field.getType().isArray() || field.getType() == byte[].class)
                .map(Field::getName);
    }

    @Test
    void noRowsAtAll() {
        assertThat(query(basics, "from Basics b where b.id = 99", Basics.class)).isEmpty();
        assertThat(basics.seenByBoth(session ->
                        cached(session.createNativeQuery("select * from \"Basics\" where \"id\" = 99", Basics.class))))
                .isEmpty();
    }

    @Test
    void tuplesCountsAndProjections() {
        record IdAndText(long id, String text) {}
        assertThat(query(basics, "select count(*) from Basics", Long.class)).containsExactly(Optional.of(2L));
        assertThat(query(basics, "select b.id, b.text, b.absent from Basics b order by b.id", Object[].class))
                .hasSize(2);
        assertThat(query(basics, "select b.id, b.text from Basics b order by b.id", IdAndText.class))
                .element(1)
                .isEqualTo(Optional.of(new IdAndText(2, null)));
        List<Object> texts = basics.seenByBoth(session ->
                cached(session.createSelectionQuery("select b.id as id, b.text as text from Basics b", Tuple.class))
                        .stream()
                        .map(tuple -> tuple.get("id") + "=" + tuple.get("text"))
                        .toList());
        assertThat(texts).contains(Optional.of("2=null"));
    }

    @ParameterizedTest
    @EnumSource
    void entitiesInEveryLayout(Layout layout) {
        QueryNodesFixture nodes = shop(layout);
        assertThat(query(nodes, "from ShopModel$Purchase", Purchase.class)).hasSize(1);
        assertThat(query(nodes, "from ShopModel$Party", Party.class)).hasSize(2);
        assertThat(query(nodes, "from ShopModel$Depot", ShopModel.Depot.class)).hasSize(1);
        assertThat(query(nodes, "select p.id, p, p.buyer from ShopModel$Purchase p", Object[].class))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void fetchedAssociationsAndCollections(Layout layout) {
        QueryNodesFixture nodes = shop(layout);
        // Not tags: Hibernate does not keep the identifiers of an id bag, and fails to read such a result from any
        // cache.
        for (String path : List.of("main", "extras", "lines", "stops")) {
            assertThat(query(nodes, "from ShopModel$Purchase p join fetch p." + path, Purchase.class))
                    .as(path)
                    .isNotEmpty();
        }
    }

    @Test
    void componentsConvertedValuesAndReferences() {
        for (String path : List.of("address.nearest", "address.city", "total", "weight", "payer", "buyer", "main")) {
            assertThat(query(shop, "select p." + path + " from ShopModel$Purchase p", Object.class))
                    .hasSize(1);
        }
        assertThat(query(shop, "select value(s) from ShopModel$Purchase p join p.stops s", Object.class))
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void nativeQueriesForEntities(Layout layout) {
        QueryNodesFixture nodes = shop(layout);
        for (Class<?> entity : List.of(Party.class, ShopModel.Depot.class, ShopModel.Part.class)) {
            String sql = "select * from \"" + entity.getSimpleName() + "\"";
            assertThat(nodes.seenByBoth(session -> cached(session.createNativeQuery(
                            sql.replace("\"" + entity.getSimpleName(), "\"ShopModel$" + entity.getSimpleName()),
                            entity))))
                    .isNotEmpty();
        }
    }

    @Test
    void nativeQueriesWithTypesOfTheirOwn() {
        String sql = "select \"id\" as a, \"decimal\" as b, \"status\" as c, \"named\" as d from \"Basics\" order by 1";
        List<Object> rows = basics.seenByBoth(session -> cached(session.createNativeQuery(sql, Object[].class)
                .addScalar("a", Long.class)
                .addScalar("b", BigDecimal.class)
                .addScalar("c", Status.class)
                .addScalar("d", String.class)));

        assertThat(rows.get(0))
                .isEqualTo(Stream.of(1L, new BigDecimal("1234.50"), Status.PAID, "NEW")
                        .map(Optional::of)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "text", "decimal", "uuid", "instant", "status", "bytes", "utilDate", "zone"})
    void aParameterOfAKindIsPartOfTheQuery(String attribute) throws Exception {
        Field field = Basics.class.getDeclaredField(attribute);
        Object value = field.get(BasicTypesModel.full(1));
        String hql = "select b.id from Basics b where b." + attribute + " = :value";

        assertThat(basics.seenByBoth(session ->
                        cached(session.createSelectionQuery(hql, Long.class).setParameter("value", value))))
                .containsExactly(Optional.of(1L));
    }

    @Test
    void entitiesAndComponentsAsParameters() {
        assertThat(shop.seenByBoth(session -> cached(session.createSelectionQuery(
                                "select p.id from ShopModel$Purchase p where p.main = :part", Long.class)
                        .setParameter(
                                "part", session.getReference(ShopModel.Part.class, new ShopModel.PartId("Acme", 1))))))
                .containsExactly(Optional.of(1L));
        assertThat(shop.seenByBoth(session -> cached(session.createSelectionQuery(
                                "select p.id from ShopModel$Purchase p where p.address.city = :city", Long.class)
                        .setParameter("city", new ShopModel.City("Hamburg", "20095")))))
                .containsExactly(Optional.of(1L));
    }

    @Test
    void pagesOfOneQueryAreSeveralResults() {
        String hql = "select b.id from Basics b order by b.id";
        assertThat(basics.seenByBoth(session ->
                        cached(session.createSelectionQuery(hql, Long.class).setMaxResults(1))))
                .containsExactly(Optional.of(1L));
        assertThat(basics.seenByBoth(session -> cached(session.createSelectionQuery(hql, Long.class)
                        .setFirstResult(1)
                        .setMaxResults(1))))
                .containsExactly(Optional.of(2L));
    }
}
