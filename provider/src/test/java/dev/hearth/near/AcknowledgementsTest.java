package dev.hearth.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.NearStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whom a commit waits for, and for how long. */
final class AcknowledgementsTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(30);

    private final FakeTime time = new FakeTime();
    private final NearStatistics statistics = new NearStatistics();
    private Duration given = LONG;
    private String born = "1700000000000000";

    private Acknowledgements under(Duration lease) {
        given = lease;
        return new Acknowledgements("writer", lease, time::nanoTime, statistics);
    }

    private void learn(Acknowledgements acknowledgements, String... members) {
        String lease = given.toNanos() / 1000 + " " + born;
        acknowledgements.learn(Members.parse(lease + "\n".concat(String.join("\n", members)), time.nanoTime()));
    }

    private static String keeping(String node, String... regions) {
        StrictSet strict = new StrictSet();
        for (String region : regions) {
            strict.add(region);
        }
        return node + " " + strict.text();
    }

    private static Ask answered(Ask ask) {
        ask.answered();
        return ask;
    }

    /* Only the lease could end it otherwise, and that is an hour. */
    private static void assertDoesNotWait(Acknowledgements acknowledgements, Ask... asks) {
        acknowledgements.await(List.of(asks));
    }

    @Test
    void waitsForEveryNodeThatKeepsTheRegionAndForNoOther() {
        Acknowledgements acknowledgements = under(LONG);
        learn(acknowledgements, keeping("a", "Things"), keeping("b", "Things", "Others"), keeping("c", "Others"));
        Ask ask = answered(acknowledgements.ask("Things", 1));

        acknowledgements.acknowledged("c", ask.number(), 0);
        acknowledgements.acknowledged("a", ask.number(), 0);
        assertThat(ask.all()).isNotDone();
        acknowledgements.acknowledged("b", ask.number(), 0);

        assertThat(ask.all()).isDone();
        assertDoesNotWait(acknowledgements, ask);
        assertThat(statistics.waits()).isZero();
    }

    @Test
    void nodesThatAppearAfterTheMessageAreNotWaitedFor() {
        Acknowledgements acknowledgements = under(LONG);
        learn(acknowledgements);
        Ask ask = acknowledgements.ask("Things", 1);
        time.pass(Duration.ofMillis(1));
        learn(acknowledgements, keeping("a", "Things"));

        assertDoesNotWait(acknowledgements, answered(ask));
    }

    @Test
    void anOlderListDoesNotReplaceANewerOne() {
        Acknowledgements acknowledgements = under(LONG);
        Members older = Members.parse("1000000 1700000000000000\n" + keeping("gone", "Things"), time.nanoTime());
        time.pass(Duration.ofMillis(1));
        learn(acknowledgements);

        acknowledgements.learn(older);

        assertThat(acknowledgements.ask("Things", 1).all()).isDone();
    }

    @Test
    void anAcknowledgementEndsTheWaitOfAThreadThatAlreadyWaits() {
        Acknowledgements acknowledgements = under(LONG);
        learn(acknowledgements, keeping("a", "Things"));
        Ask ask = answered(acknowledgements.ask("Things", 1));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> acknowledgements.await(List.of(ask)));

        assertThat(waiting).isNotDone();
        acknowledgements.acknowledged("a", ask.number(), 0);

        waiting.join();
        assertThat(statistics.outwaitedLeases()).isZero();
    }

    @Test
    void whoKeepsEitherOfTwoThingsThatChangeTogetherIsWaitedFor() {
        Acknowledgements acknowledgements = under(LONG);
        learn(acknowledgements, keeping("a", "Things"), keeping("b", StrictSet.TABLES), keeping("c", "Something else"));
        Ask ask = answered(acknowledgements.askForBoth("Things", StrictSet.TABLES));

        acknowledgements.acknowledged("a", ask.number(), 0);
        assertThat(ask.all()).isNotDone();
        acknowledgements.acknowledged("b", ask.number(), 0);

        assertDoesNotWait(acknowledgements, ask);
    }

    @Test
    void everyMessageOfABulkLockIsAcknowledgedForItself() {
        Acknowledgements acknowledgements = under(LONG);
        learn(acknowledgements, keeping("a", "Things"), keeping("b", "Things"));
        Ask ask = answered(acknowledgements.ask("Things", 2));

        acknowledgements.acknowledged("a", ask.number(), 0);
        acknowledgements.acknowledged("b", ask.number(), 0);
        acknowledgements.acknowledged("b", ask.number(), 1);
        acknowledgements.acknowledged("b", ask.number(), 1);
        assertThat(ask.isOver()).isFalse();

        acknowledgements.acknowledged("a", ask.number(), 1);
        assertThat(ask.isOver()).isTrue();
    }

    @Test
    void whoWasOnAListThatRedisHasLostIsWaitedForUntilItMustBeOnTheNewOne() {
        Acknowledgements acknowledgements = under(SHORT);
        learn(acknowledgements, keeping("a", "Things"));
        time.pass(Duration.ofMillis(1));
        born = "1700000000000001";
        learn(acknowledgements);
        assertThat(acknowledgements.ask("Things", 1).all()).isNotDone();

        time.pass(SHORT.multipliedBy(2));
        learn(acknowledgements);

        assertThat(acknowledgements.ask("Things", 1).all()).isDone();
    }

    @Test
    void waitsNoLongerThanALeaseAfterTheAnswer() {
        Acknowledgements acknowledgements = under(SHORT);
        learn(acknowledgements, keeping("dead", "Things"));
        Ask ask = answered(acknowledgements.ask("Things", 1));
        long begun = System.nanoTime();

        acknowledgements.await(List.of(ask));

        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(statistics.waits()).isEqualTo(1);
        assertThat(statistics.outwaitedLeases()).isEqualTo(1);
    }

    @Test
    void aLeaseThatIsOverIsNotWaitedForAgain() {
        Acknowledgements acknowledgements = under(LONG);
        learn(acknowledgements, keeping("dead", "Things"));
        Ask ask = answered(acknowledgements.ask("Things", 1));

        time.pass(LONG.plus(LONG.dividedBy(50)));

        assertDoesNotWait(acknowledgements, ask);
    }

    @Test
    void theLeaseIsMeasuredFromTheAnswerAndNotFromTheAsk() {
        Acknowledgements acknowledgements = under(SHORT);
        learn(acknowledgements, keeping("dead", "Things"));
        Ask ask = acknowledgements.ask("Things", 1);
        time.pass(Acknowledgements.listAge(given).minus(SHORT));

        acknowledgements.await(List.of(answered(ask)));

        assertThat(statistics.outwaitedLeases()).isEqualTo(1);
    }

    @Test
    void whereTheListIsNotKnownTheLeaseIsOutwaited() {
        Acknowledgements acknowledgements = under(SHORT);

        acknowledgements.await(List.of(answered(acknowledgements.ask("Things", 1))));

        assertThat(statistics.outwaitedLeases()).isEqualTo(1);
    }

    @Test
    void whereTheListIsTooOldTheLeaseIsOutwaitedWhoeverAcknowledges() {
        Acknowledgements acknowledgements = under(SHORT);
        learn(acknowledgements, keeping("a", "Things"));
        Ask ask = acknowledgements.ask("Things", 1);
        time.pass(Acknowledgements.listAge(given).plusNanos(1));
        ask.answered();
        acknowledgements.acknowledged("a", ask.number(), 0);

        acknowledgements.await(List.of(ask));

        assertThat(statistics.outwaitedLeases()).isEqualTo(1);
    }

    @Test
    void aListThatIsJustYoungEnoughCostsNothing() {
        Acknowledgements acknowledgements = under(LONG);
        learn(acknowledgements);
        Ask ask = acknowledgements.ask("Things", 1);
        time.pass(Acknowledgements.listAge(given));

        assertDoesNotWait(acknowledgements, answered(ask));
    }

    @Test
    void anAskThatWasNeverAnsweredIsNotWaitedFor() {
        Acknowledgements acknowledgements = under(LONG);
        learn(acknowledgements, keeping("a", "Things"));

        assertDoesNotWait(acknowledgements, acknowledgements.ask("Things", 1));
    }

    @Test
    void waitsForEveryAskOfATransaction() {
        Acknowledgements acknowledgements = under(LONG);
        learn(acknowledgements, keeping("a", "Things", StrictSet.TABLES));
        Ask entry = answered(acknowledgements.ask("Things", 1));
        Ask tables = answered(acknowledgements.ask(StrictSet.TABLES, 1));
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> acknowledgements.await(List.of(entry, tables)));

        acknowledgements.acknowledged("a", tables.number(), 0);
        assertThat(waiting).isNotDone();
        acknowledgements.acknowledged("a", entry.number(), 0);

        waiting.join();
    }

    @Test
    void anInterruptedThreadStillWaitsAndStaysInterrupted() {
        Acknowledgements acknowledgements = under(SHORT);
        learn(acknowledgements, keeping("dead", "Things"));
        Ask ask = answered(acknowledgements.ask("Things", 1));
        long begun = System.nanoTime();

        Thread.currentThread().interrupt();
        acknowledgements.await(List.of(ask));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @Test
    void acknowledgementsThatNobodyAskedForAreIgnored() {
        Acknowledgements acknowledgements = under(LONG);
        learn(acknowledgements, keeping("a", "Things"));
        Ask ask = answered(acknowledgements.ask("Things", 1));

        acknowledgements.acknowledged("a", ask.number() + 1, 0);
        acknowledgements.acknowledged("stranger", ask.number(), 0);

        assertThat(ask.all()).isNotDone();
    }

    @Test
    void everyAskHasATextOfItsOwn() {
        Acknowledgements acknowledgements = under(LONG);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            texts.add(acknowledgements.ask("Things", 1).text());
        }

        assertThat(texts).containsExactly("writer:1", "writer:2", "writer:3");
    }

    @Test
    void linesThatMakeNoSenseNameNobody() {
        Members members = Members.parse("no-lease\nno-strict-set\na zz\nb 0\n" + keeping("c", "Things"), 0);

        assertThat(members.strict()).containsOnlyKeys("c");
        assertThat(members.lease()).isNull();
        assertThat(Members.parse("", 0).keeping("Things")).isEmpty();
    }
}
