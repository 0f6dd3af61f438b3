package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.TemporalType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.ParamDef;
import org.hibernate.annotations.TenantId;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.cfg.AvailableSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keys as sessions make them. */
@SuppressWarnings("JavaUtilDate")
class RealQueryKeysTest {
    @Entity(name = "Event")
    @FilterDef(name = "from", parameters = @ParamDef(name = "least", type = Long.class))
    @FilterDef(name = "to", parameters = @ParamDef(name = "most", type = Long.class))
    @FilterDef(name = "among", parameters = @ParamDef(name = "ids", type = Long.class))
    @Filter(name = "from", condition = "\"number\" >= :least")
    @Filter(name = "to", condition = "\"number\" <= :most")
    @Filter(name = "among", condition = "\"number\" in (:ids)")
    static class Event {
        @Id
        long id;

        /** Hibernate's own filter does not quote the name. */
        @TenantId
        @Column(name = "TENANT")
        String tenant;

        long number;
        Date happened;
        BasicTypesModel.Status status;
    }

    private static EncodingFixture here;
    private static EncodingFixture there;

    @BeforeAll
    static void start() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(AvailableSettings.USE_QUERY_CACHE, true);
        here = EncodingFixture.with(settings, Event.class);
        there = EncodingFixture.with(settings, Event.class);
    }

    @AfterAll
    static void stop() {
        here.close();
        there.close();
    }

    @Test
    void keysThatDifferForHibernateHaveDifferentDigests() {
        List<QueryKey> keys = keysOf(here);

        assertThat(keys).hasSize(queries().size());
        for (int i = 0; i < keys.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(keys.get(i)).as("keys %s and %s", i, j).isNotEqualTo(keys.get(j));
                assertThat(text(keys.get(i))).as("keys %s and %s", i, j).isNotEqualTo(text(keys.get(j)));
            }
        }
    }

    @Test
    void anotherSessionFactoryHasTheSameDigests() {
        assertThat(keysOf(there).stream().map(RealQueryKeysTest::text))
                .isEqualTo(keysOf(here).stream().map(RealQueryKeysTest::text).toList());
    }

    private static String text(QueryKey key) {
        return QueryKeys.digest(key).text();
    }

    private static List<QueryKey> keysOf(EncodingFixture node) {
        node.cache.results.evictData();
        queries().forEach(query -> query.accept(node));
        return node.cache.results.puts.stream().map(FakeResultStorage.Put::key).toList();
    }

    private static List<Consumer<EncodingFixture>> queries() {
        List<Consumer<EncodingFixture>> queries = new ArrayList<>(dates());
        queries.add(all("a", session -> {}));
        queries.add(all("b", session -> {}));
        queries.add(all("a", session -> session.enableFilter("from").setParameter("least", 1L)));
        queries.add(all("a", session -> session.enableFilter("from").setParameter("least", 2L)));
        queries.add(all("a", session -> session.enableFilter("to").setParameter("most", 1L)));
        queries.add(all("a", session -> between(session, 1, 2)));
        queries.add(all("a", session -> between(session, 2, 1)));
        queries.add(all("a", session -> among(session, List.of(1L, 2L))));
        queries.add(all("a", session -> among(session, List.of(2L, 1L))));
        for (BasicTypesModel.Status status : BasicTypesModel.Status.values()) {
            queries.add(run(
                    "a",
                    session -> session.createSelectionQuery("from Event where status = :status", Event.class)
                            .setParameter("status", status)
                            .setCacheable(true)
                            .getResultList()));
        }
        return queries;
    }

    private static void between(Session session, long least, long most) {
        session.enableFilter("to").setParameter("most", most);
        session.enableFilter("from").setParameter("least", least);
    }

    private static void among(Session session, List<Long> ids) {
        session.enableFilter("among").setParameterList("ids", ids);
    }

    /** One date as a moment, as a day and as a time of day: Hibernate binds it in three ways. */
    @SuppressWarnings("deprecation")
    private static List<Consumer<EncodingFixture>> dates() {
        Date date = Date.from(Instant.parse("2024-01-15T12:30:15.123Z"));
        List<Consumer<EncodingFixture>> queries = new ArrayList<>();
        for (TemporalType type : TemporalType.values()) {
            queries.add(run(
                    "a",
                    session -> session.createQuery("from Event where happened > :moment", Event.class)
                            .setParameter("moment", date, type)
                            .setCacheable(true)
                            .getResultList()));
        }
        return queries;
    }

    private static Consumer<EncodingFixture> all(String tenant, Consumer<Session> before) {
        return run(tenant, session -> {
            before.accept(session);
            session.createSelectionQuery("from Event", Event.class)
                    .setCacheable(true)
                    .getResultList();
        });
    }

    private static Consumer<EncodingFixture> run(String tenant, Consumer<Session> work) {
        return node -> {
            try (Session session = node.sessions
                    .withOptions()
                    .tenantIdentifier((Object) tenant)
                    .openSession()) {
                session.beginTransaction();
                work.accept(session);
                session.getTransaction().commit();
            }
        };
    }
}
