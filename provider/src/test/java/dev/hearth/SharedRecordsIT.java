package dev.hearth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hearth.SharedRecords.SharedRecord;
import dev.hearth.test.Eventually;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisExtension;
import dev.hearth.test.shop.OrderLine;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What nodes tell each other that lasts: records that they share, and keys that stand for something on all of them. */
final class SharedRecordsIT {
    private static final Duration DAY = Duration.ofDays(1);

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private static Nodes nodes;
    private static SharedRecords one;
    private static SharedRecords two;

    @BeforeAll
    static void start() {
        nodes = Nodes.on(postgres.database(), redis.endpoint())
                .setting("hibernate.cache.region_prefix", redis.keyspace())
                .setting(Nodes.NEAR, "strict")
                .setting("hibernate.cache.hearth.near.lease", "500ms")
                .setting("hibernate.cache.hearth.redis.command-timeout", "5s")
                .start(2);
        one = factory(nodes.get(0)).sharedRecords();
        two = factory(nodes.get(1)).sharedRecords();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static HearthRegionFactory factory(NodeFixture node) {
        return HearthRegionFactory.of(node.sessionFactory());
    }

    private static byte[] body(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void ofTwoNodesThatHaveReadTheSameOneWritesAndTheOtherLearnsOfIt() {
        assertThat(one.read("plan")).isEmpty();
        assertThat(one.replace("plan", 0, body("of one"), DAY)).isTrue();
        SharedRecord seen = two.read("plan").orElseThrow();
        assertThat(seen.body()).isEqualTo(body("of one"));
        assertThat(seen.age()).isLessThan(Duration.ofMinutes(1));

        assertThat(one.replace("plan", seen.number(), body("of one, again"), DAY))
                .isTrue();

        assertThat(two.replace("plan", seen.number(), body("of two"), DAY)).isFalse();
        assertThat(two.replace("plan", 0, body("of two"), DAY)).isFalse();
        assertThat(two.read("plan").orElseThrow().body()).isEqualTo(body("of one, again"));
    }

    @Test
    void whatIsNoRecordOfOursIsNoneAndGivesWay() {
        try (RedisConnection connection = redis.connect()) {
            String key = "hearth." + redis.keyspace() + ":{records}garbage";
            connection.call("SADD", key, "a set");
            connection.call("DEL", key);
            connection.call("SET", key, "9999999999999999 of the future");

            assertThat(one.replace("garbage", 0, body("ours"), DAY)).isTrue();
            assertThat(one.read("garbage").orElseThrow().body()).isEqualTo(body("ours"));
            connection.call("SET", key, "short");
            assertThat(one.read("garbage")).isEmpty();
        }
    }

    @Test
    void aRecordIsForgottenAfterItsValidity() {
        assertThat(one.replace("brief", 0, body("soon gone"), Duration.ofMillis(50)))
                .isTrue();

        Eventually.holds("the record is gone", () -> one.read("brief").isEmpty());
    }

    @Test
    void aRecordHasABound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.replace("large", 0, new byte[SharedRecords.MAXIMUM_BYTES + 1], DAY))
                .withMessageContaining("1048576")
                .withMessageContaining("large");
    }

    @Test
    void theKeysOfWhatANodeUsesMostTellAnotherWhatTheyStandFor() {
        NodeFixture node = nodes.get(0);
        node.inTransaction(session -> session.persist(new Product(7, "Kite", BigDecimal.ONE, null)));
        String region = Product.class.getName();
        HotEntries hot = factory(node).hotEntries();
        Eventually.holds("the product is kept near", () -> {
            node.inTransaction(session -> session.find(Product.class, 7L));
            return !hot.hottest(region, 10).isEmpty();
        });

        assertThat(hot.hottest(region, 10)).containsExactly("7");
        assertThat(factory(nodes.get(1)).hotEntries().find(region, "7"))
                .contains(new HotEntries.HotEntry(HotEntries.Kind.ENTITY, region, 7L));
        assertThat(hot.find(region, "%0037")).as("a key that nobody has made").isEmpty();
        assertThat(hot.find(region, "seven")).isEmpty();
        assertThat(hot.find(region, "@tenant/7")).isEmpty();
        assertThat(hot.find(OrderLine.class.getName(), "~AQID"))
                .as("a composite id")
                .isEmpty();
        assertThat(hot.find("nowhere", "7")).isEmpty();
    }
}
