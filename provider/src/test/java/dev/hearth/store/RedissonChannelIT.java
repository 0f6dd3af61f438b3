package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.LogLines;
import dev.hearth.config.HearthSettings;
import dev.hearth.test.Eventually;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import dev.hearth.test.SubscriptionFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The channel between nodes on a real server, through a network that fails. */
final class RedissonChannelIT {
    private static final String CHANNEL = "hearth:near";
    private static final int LENGTH =
            "*3\r\n$7\r\nmessage\r\n$11\r\n%s\r\n$1\r\n1\r\n".formatted(CHANNEL).length();
    private static final String SUBSCRIBED = "subscribed";

    /** What the test publishes; the node itself publishes too. */
    private static final Predicate<String> NUMBER = Pattern.compile("\\d+").asMatchPredicate();

    private final List<String> told = new CopyOnWriteArrayList<>();
    private RedisServerFixture server;
    private FaultProxy proxy;
    private dev.hearth.test.RedisConnection redis;
    private RemoteTier tier;

    @BeforeEach
    void start() {
        server = RedisServers.start();
        proxy = FaultProxy.to(server.endpoint());
        redis = server.connect();
    }

    @AfterEach
    void stop() {
        if (tier != null) {
            tier.close();
        }
        redis.close();
        proxy.close();
        server.close();
    }

    private void listen(String url) {
        HearthSettings settings = HearthSettings.read(Map.of("hibernate.cache.hearth.redis.url", url));
        tier = new RemoteTier("node", settings, RedisConnection.open(settings.redis()), System::nanoTime);
        tier.others().channel().listen(new MessageChannel.Listener() {
            @Override
            public void told(String message) {
                told.add(message);
            }

            @Override
            public void answered(String message) {
                told.add("answer " + message);
            }

            @Override
            public void subscribed() {
                told.add(SUBSCRIBED);
            }
        });
        tier.start();
    }

    private void listenThroughProxy() {
        listen(proxy.url());
        Eventually.holds("the subscription is there", () -> told.contains(SUBSCRIBED) && tier.available());
    }

    @Test
    void messagesComeInTheOrderInWhichTheyWerePublished() {
        listenThroughProxy();
        told.clear();
        List<Object[]> commands = new ArrayList<>();
        List<String> expected =
                IntStream.range(0, 5000).mapToObj(Integer::toString).toList();
        expected.forEach(number -> commands.add(new Object[] {"PUBLISH", CHANNEL, number}));

        redis.callAll(commands);

        Eventually.holds("all have come", () -> told.contains("4999"));
        assertThat(told.stream().filter(NUMBER)).containsExactlyElementsOf(expected);
    }

    /* Redisson itself takes the second message for one more reply to its ping, which comes every five seconds. */
    @Test
    void noMessageIsLostWhichComesInTwoPiecesBehindTheReplyToAPing() {
        listenThroughProxy();
        told.clear();
        SubscriptionFaults faults = proxy.subscriptions();
        faults.tear();
        faults.holdMessages();
        long before = faults.bytes();
        Eventually.holds("Redis has answered to a ping", () -> faults.bytes() > before);
        long answered = faults.bytes();
        redis.call("PUBLISH", CHANNEL, "1");
        redis.call("PUBLISH", CHANNEL, "2");
        Eventually.holds("both are on their way", () -> faults.bytes() == answered + 2 * LENGTH);
        faults.flow();
        Eventually.holds("they flow", () -> told.contains("1"));

        redis.call("PUBLISH", CHANNEL, "3");
        Eventually.holds("the third has come", () -> told.contains("3"));

        assertThat(told.stream().filter(NUMBER)).containsExactly("1", "2", "3");
    }

    @Test
    void answersReachTheNodeTheyAreSentToAndNoOther() {
        listenThroughProxy();
        told.clear();

        tier.others().channel().send("other", "lost").join();
        tier.others().channel().send("node", "other 1,2").join();

        Eventually.holds("the answer is there", () -> told.contains("answer other 1,2"));
        assertThat(told.stream().filter(message -> message.startsWith("answer")))
                .containsExactly("answer other 1,2");
    }

    @Test
    void aNewSubscriptionIsToldBeforeAnyLaterMessage() {
        listenThroughProxy();
        int number = 0;
        for (int reset = 0; reset < 3; reset++) {
            int before = number;
            redis.call("PUBLISH", CHANNEL, before);
            Eventually.holds("everything from before is heard", () -> told.contains(String.valueOf(before)));
            told.clear();

            proxy.reset();
            int last = before + 100_000;
            for (number = before + 1; number < last && told.stream().noneMatch(NUMBER); number++) {
                redis.call("PUBLISH", CHANNEL, number);
            }

            assertThat(told)
                    .as("after a reset behind %d, published up to %d", before, number - 1)
                    .first()
                    .isEqualTo(SUBSCRIBED);
        }
    }

    @Test
    void whoMayNotSubscribeIsToldOnceAndReadsOn() {
        redis.call("ACL", "SETUSER", "limited", "on", ">secret", "~*", "+@all", "-subscribe");

        try (LogLines lines = LogLines.of(RedissonChannel.class.getName())) {
            listen("redis://limited:secret@" + server.endpoint().host() + ":"
                    + server.endpoint().port());
            Eventually.holds("it is logged", () -> !lines.all().isEmpty());
            for (int attempt = 0; attempt < 3; attempt++) {
                ((RedissonChannel) tier.others().channel()).subscribe();
            }

            Eventually.holds("Redis is used all the same", tier::available);
            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "[node] Redis refuses the channels 'hearth:near*' to this user, so nothing is kept near");
        }
        assertThat(told).isEmpty();
    }
}
