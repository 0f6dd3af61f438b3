package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.LogLines;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.shop.Customer;
import java.util.List;
import org.hibernate.HibernateException;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Native statements that do not say which tables they change. */
final class NativeStatementGuardIT {
    private static final String UPDATE = "update Customer set name = 'Eve' where id = -1";
    private static final String SETTING = "hibernate.cache.hearth.native-statements";

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(1);

    private Nodes own;

    @AfterEach
    void stop() {
        if (own != null) {
            own.close();
        }
    }

    @Test
    void eachPlaceIsNamedOnceWithItsStatementAndTheRemedy() {
        NodeFixture node = start("warn");
        try (LogLines lines = LogLines.of(NativeStatementGuard.class.getName())) {
            for (int i = 0; i < 3; i++) {
                node.inTransaction(NativeStatementGuardIT::unspecific);
            }
            node.inTransaction(session -> session.createNativeMutationQuery("delete from Customer where id = -2")
                    .executeUpdate());

            List<String> warnings = lines.all();
            assertThat(warnings).hasSize(2);
            assertThat(warnings.get(0))
                    .contains("NativeStatementGuardIT.unspecific")
                    .contains(UPDATE)
                    .contains("addSynchronizedEntityClass");
        }
    }

    @Test
    void theStatementIsRefusedBeforeItRunsWhereTheSettingSaysSo() {
        NodeFixture node = start("fail");

        assertThatThrownBy(() -> node.inTransaction(NativeStatementGuardIT::unspecific))
                .isInstanceOf(HibernateException.class)
                .hasMessageContaining(UPDATE)
                .hasMessageContaining("addSynchronizedQuerySpace")
                .hasMessageContaining(SETTING);
    }

    @Test
    void statementsThatNameTheirTablesAndHqlAreNobodysConcern() {
        NodeFixture node = start("fail");

        node.inTransaction(
                session -> session.createNativeQuery("select 1", Integer.class).getSingleResult());
        node.inTransaction(session -> session.createNativeQuery(UPDATE, Object.class)
                .addSynchronizedEntityClass(Customer.class)
                .executeUpdate());
        node.inTransaction(session -> {
            session.createNativeQuery("select 1", Integer.class).getSingleResult();
            session.createMutationQuery("update Customer set name = 'Eve' where id = -1")
                    .executeUpdate();
        });
    }

    @Test
    void whereTheApplicationInspectsStatementsThePlaceIsNamedWithoutTheStatement() {
        own = nodes.builder().keepSchema().setting(SETTING, "warn").start(1);
        try (LogLines lines = LogLines.of(NativeStatementGuard.class.getName())) {
            own.get(0).inTransaction(NativeStatementGuardIT::unspecific);

            assertThat(own.get(0).sql().statements()).contains(UPDATE);
            assertThat(lines.with("NativeStatementGuardIT.unspecific")).hasSize(1);
        }
    }

    private NodeFixture start(String mode) {
        own = nodes.builder()
                .keepSchema()
                .setting(SETTING, mode)
                .setting("hibernate.session_factory.statement_inspector", Nodes.UNSET)
                .start(1);
        return own.get(0);
    }

    private static void unspecific(Session session) {
        session.createNativeMutationQuery(UPDATE).executeUpdate();
    }
}
