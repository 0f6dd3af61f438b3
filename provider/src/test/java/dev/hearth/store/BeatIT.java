package dev.hearth.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.near.RawSubscription;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisExtension;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heartbeats in Redis. */
final class BeatIT {
    private static final long HOUR = 3_600_000_000L;
    private static final long DAY = 24 * HOUR;
    private static final String FOREVER_AGO = digits(1);

    @RegisterExtension
    static final RedisExtension extension = new RedisExtension();

    private RedisConnection redis;
    private RawSubscription channel;
    private String nodes;

    @BeforeEach
    void open() {
        extension.flush();
        redis = extension.connect();
        channel = new RawSubscription(extension.endpoint(), extension.keyspace() + ":near");
        nodes = extension.keyspace() + ":{nodes}";
    }

    @AfterEach
    void close() {
        channel.close();
        redis.close();
    }

    private String beat(String node, int number, long leaseMicros, String strict) {
        Object answer = redis.call("EVAL", text(Script.BEAT), 1, nodes, node, number, leaseMicros, strict);
        // The first line is the lease.
        return new String((byte[]) Objects.requireNonNull(answer), UTF_8).replaceFirst("\\d+ \\d+\n?", "");
    }

    private static String text(Script script) {
        return script.load(UnaryOperator.identity()).text();
    }

    private static String digits(long stamp) {
        return String.format("%016d", stamp);
    }

    private long now() {
        List<?> time = (List<?>) Objects.requireNonNull(redis.call("TIME"));
        return Long.parseLong(new String((byte[]) time.get(0), UTF_8)) * 1_000_000
                + Long.parseLong(new String((byte[]) time.get(1), UTF_8));
    }

    private void write(String node, String field) {
        redis.call("HSET", nodes, node, field);
    }

    private String field(String node) {
        return String.valueOf(redis.text("HGET", nodes, node));
    }

    private String since(String node) {
        return field(node).substring(0, 16);
    }

    private long expiry(String node) {
        return Long.parseLong(field(node).substring(16, 32));
    }

    @Test
    void aNodeIsKnownForALeaseAndHearsItself() {
        long before = now();

        assertThat(beat("me", 7, HOUR, "0a")).isEmpty();

        long after = now();
        assertThat(Long.parseLong(since("me"))).isBetween(before, after);
        assertThat(expiry("me")).isBetween(before + HOUR, after + HOUR);
        assertThat(field("me").substring(32)).isEqualTo("0a");
        assertThat(channel.heard()).containsExactly("B - me 7 " + since("me"));
    }

    @Test
    void aNodeThatIsKnownIsKnownSinceTheSameMoment() {
        beat("me", 1, HOUR, "0a");
        String since = since("me");
        long expiry = expiry("me");

        beat("me", 2, HOUR, "0b");

        assertThat(since("me")).isEqualTo(since);
        assertThat(expiry("me")).isGreaterThan(expiry);
        assertThat(field("me")).endsWith("0b");
        assertThat(channel.heard()).containsExactly("B - me 1 " + since, "B - me 2 " + since);
    }

    @Test
    void eachMessageHasTheNextNumberWhateverStandsInTheCountersPlace() {
        beat("me", 1, HOUR, "0a");
        beat("me", 2, HOUR, "0a");
        redis.call("SET", nodes + "!", "garbage");
        beat("me", 3, HOUR, "0a");
        redis.call("HSET", nodes + "!", "last", "garbage");
        beat("me", 4, HOUR, "0a");
        beat("me", 5, HOUR, "0a");
        redis.call("HDEL", nodes + "!", "name");
        beat("me", 6, HOUR, "0a");
        redis.call("HSET", nodes + "!", "name", "garbage of length");
        beat("me", 7, HOUR, "0a");

        List<String> heard = channel.heardAsPublished();

        assertThat(heard)
                .extracting(message -> message.substring(16, message.indexOf(' ')))
                .containsExactly(".1", ".2", ".1", ".1", ".2", ".1", ".1");
        // Each that begins anew has another name.
        assertThat(heard.stream().map(message -> message.substring(0, 16)).distinct())
                .hasSize(5);
        // It goes with the list, once no node is left.
        assertThat(redis.number("PTTL", nodes + "!")).isBetween(1L, HOUR / 100);
    }

    @Test
    void aNodeThatWasForgottenBeginsAnew() {
        write("me", FOREVER_AGO + digits(now() - 1) + "0a");
        long before = now();

        beat("me", 1, HOUR, "0a");

        assertThat(Long.parseLong(since("me"))).isGreaterThanOrEqualTo(before);
        assertThat(channel.heard()).containsExactly("B - me 1 " + since("me"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "0000000000000001", "00000000000000019999999999999999", "zz"})
    void whateverStandsInItsPlaceIsReplaced(String garbage) {
        write("me", garbage);

        beat("me", 1, HOUR, "0a");

        assertThat(field("me")).hasSize(34);
        assertThat(expiry("me")).isLessThan(now() + DAY);
    }

    @Test
    void listsTheOthersThatLive() {
        beat("a", 1, HOUR, "01");
        beat("b", 1, HOUR, "02ff");

        assertThat(beat("me", 1, HOUR, "0a").split("\n")).containsExactlyInAnyOrder("a 01", "b 02ff");
        assertThat(beat("a", 2, HOUR, "01").split("\n")).containsExactlyInAnyOrder("me 0a", "b 02ff");
    }

    @Test
    void forgetsThoseWhoseLeaseIsOverAndWhatMakesNoSense() {
        long now = now();
        write("lapsed", FOREVER_AGO + digits(now - 1) + "01");
        write("forged", FOREVER_AGO + digits(now + 2 * DAY) + "01");
        write("without-set", FOREVER_AGO + digits(now + HOUR));
        write("garbage", "garbage");
        write("live", FOREVER_AGO + digits(now + HOUR) + "01");

        assertThat(beat("me", 1, HOUR, "0a")).isEqualTo("live 01");

        // The two nodes, and the lease.
        assertThat(redis.number("HLEN", nodes)).isEqualTo(3);
    }

    @Test
    void aNodeThatKeepsNothingStrictlyIsNotWaitedForButHearsItselfAndLearnsOfOthers() {
        beat("strict", 1, HOUR, "01");

        assertThat(beat("me", 1, HOUR, "")).isEqualTo("strict 01");

        assertThat(redis.number("HEXISTS", nodes, "me")).isZero();
        assertThat(channel.heard()).hasSize(2).last().asString().startsWith("B - me 1 ");
    }

    @Test
    void anotherTypeUnderTheKeyGivesWay() {
        redis.call("SET", nodes, "text");

        assertThat(beat("me", 1, HOUR, "0a")).isEmpty();

        assertThat(field("me")).endsWith("0a");
    }

    @Test
    void aKeyThatNobodyRenewsExpires() {
        beat("me", 1, HOUR, "0a");

        assertThat(redis.number("PTTL", nodes)).isBetween(HOUR / 1000, 10 * HOUR / 1000);
    }

    @Test
    void aNodeThatLeavesIsForgottenAtOnce() {
        beat("me", 1, HOUR, "0a");
        beat("other", 1, HOUR, "01");

        assertThat(redis.number("EVAL", text(Script.LEAVE), 1, nodes, "me")).isZero();

        assertThat(beat("other", 2, HOUR, "01")).isEmpty();
    }

    @Test
    void leavingSurvivesAnotherTypeUnderTheKey() {
        redis.call("SET", nodes, "text");

        assertThat(redis.number("EVAL", text(Script.LEAVE), 1, nodes, "me")).isZero();
    }
}
