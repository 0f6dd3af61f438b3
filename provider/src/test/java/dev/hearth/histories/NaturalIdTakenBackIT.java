package dev.hearth.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What histories have found: Hibernate tells no cache that a stateless session has changed a natural id. */
final class NaturalIdTakenBackIT {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    @Test
    void aNaturalIdThatAStatelessSessionHasChangedIsNotServedAnyMore() {
        try (Nodes nodes = Nodes.on(postgres.database(), redis.endpoint())
                .setting("hibernate.cache.region_prefix", redis.keyspace())
                .setting("hibernate.cache.hearth.puts", "wait")
                .entities(World.ENTITIES)
                .start(2)) {
            NodeFixture one = nodes.get(0);
            NodeFixture other = nodes.get(1);
            one.inTransaction(session -> session.persist(new Account(1, "start", "old")));
            assertThat(idOf(other, "old")).isEqualTo(1L);

            one.sessionFactory().inStatelessTransaction(session -> {
                Account account = session.get(Account.class, 1L);
                account.code = "new";
                session.update(account);
            });
            // The entity comes back into the cache, and with it what confirms its natural ids.
            other.inTransaction(session -> session.find(Account.class, 1L));
            other.inTransaction(session -> session.find(Account.class, 1L));

            assertThat(idOf(other, "old")).isNull();
            assertThat(idOf(other, "new")).isEqualTo(1L);
        }
    }

    private static Long idOf(NodeFixture node, String code) {
        return node.fromTransaction(session -> {
            Account account = NaturalKey.find(session, Account.class, code);
            return account == null ? null : account.id;
        });
    }
}
