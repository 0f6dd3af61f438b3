package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which reads travel together, and when they leave. */
final class ReadCombinerTest {
    private static final Duration FAR = Duration.ofMillis(1);

    private final AtomicLong nanoTime = new AtomicLong();
    private final List<Sent> sent = new ArrayList<>();
    private int places = ReadCombiner.PLACES_FAR;
    private final ReadCombiner<String, Map<String, byte[]>> combiner = new ReadCombiner<>(this::send, nanoTime::get);

    /** A command that is under way until the test answers it. */
    private record Sent(List<String> keys, CompletableFuture<Map<String, byte[]>> answer) {
        void land() {
            answer.complete(keys.stream().collect(Collectors.toMap(key -> key, String::getBytes)));
        }

        void fail() {
            answer.completeExceptionally(new IllegalStateException("lost"));
        }
    }

    private CompletableFuture<Map<String, byte[]>> send(Collection<String> keys) {
        Sent command = new Sent(List.copyOf(keys), new CompletableFuture<>());
        sent.add(command);
        return command.answer;
    }

    private List<List<String>> keysSent() {
        return sent.stream().map(Sent::keys).toList();
    }

    private CompletableFuture<Map<String, byte[]>> read(String... keys) {
        return combiner.read(List.of(keys));
    }

    /** Makes the combiner know that the server is so far away, or near, by a first read that is then forgotten. */
    private void distance(Duration roundTrip) {
        places = roundTrip.isZero() ? ReadCombiner.PLACES_NEAR : ReadCombiner.PLACES_FAR;
        var unused = read("first");
        nanoTime.addAndGet(roundTrip.toNanos());
        sent.get(0).land();
        sent.clear();
    }

    /** Lets as many readers leave as may do so without company. */
    private List<CompletableFuture<Map<String, byte[]>>> fill() {
        return IntStream.range(0, places).mapToObj(i -> read("" + i)).toList();
    }

    private void landAll() {
        List.copyOf(sent).forEach(Sent::land);
    }

    @Test
    void aLoneReaderLeavesAtOnce() {
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Map<String, byte[]>> read = read("entry", "record");

            assertThat(sent).hasSize(i + 1);
            sent.get(i).land();
            assertThat(read).isCompletedWithValueMatching(values -> values.containsKey("entry"));
        }
    }

    @Test
    void farFromTheServerFewReadersLeaveAtOnceEachAlone() {
        distance(FAR);

        fill();
        var unused = read("a");

        assertThat(keysSent()).hasSize(ReadCombiner.PLACES_FAR).allMatch(keys -> keys.size() == 1);
    }

    @Test
    void nearTheServerOneCommandIsUnderWayAtATime() {
        distance(Duration.ZERO);

        fill();
        var unused = read("a");

        assertThat(keysSent()).containsExactly(List.of("0"));
    }

    @Test
    void thoseWhoGatherLeaveAsOneAndEachKeyIsAskedForOnce() {
        distance(Duration.ZERO);
        fill();
        List<CompletableFuture<Map<String, byte[]>>> gathered =
                List.of(read("a", "record"), read("b", "record"), read("a", "record"));
        assertThat(sent).hasSize(places);

        landAll();

        assertThat(sent).hasSize(places + 1);
        assertThat(sent.get(places).keys()).containsExactly("a", "record", "b");
        assertThat(gathered).noneMatch(CompletableFuture::isDone);
        sent.get(places).land();
        assertThat(gathered)
                .allSatisfy(read -> assertThat(read)
                        .isCompletedWithValueMatching(
                                values -> values.containsKey("a") && values.containsKey("record")));
    }

    /** Each command costs a crowd more than it gains by leaving a little sooner. */
    @Test
    void whoReadsAgainAtOnceLeavesWithThoseWhoHaveGatheredMeanwhile() {
        distance(Duration.ZERO);
        fill();
        CompletableFuture<Map<String, byte[]>> first = read("a");
        landAll();
        var unused = first.thenCompose(values -> read("c"));
        var alsoUnused = read("b");

        sent.get(places).land();

        assertThat(sent.get(places + 1).keys()).containsExactly("b", "c");
    }

    @Test
    void farFromTheServerAGroupLeavesWithTheFirstAnswer() {
        distance(FAR);
        fill();
        var unused = read("a");
        assertThat(sent).hasSize(places);

        nanoTime.addAndGet(FAR.toNanos());
        sent.get(2).land();

        assertThat(sent).hasSize(places + 1);
    }

    /** It could be answered with what was there before it began. */
    @Test
    void aReadNeverJoinsWhatWasSentNotEvenForTheSameKey() {
        distance(Duration.ZERO);
        fill();
        CompletableFuture<Map<String, byte[]>> earlier = read("a");
        landAll();
        CompletableFuture<Map<String, byte[]>> later = read("a");

        sent.get(places).land();

        assertThat(earlier).isDone();
        assertThat(later).isNotDone();
        assertThat(sent.get(places + 1).keys()).containsExactly("a");
    }

    @Test
    void aFailureFailsThoseWhoTravelledAndNobodyElse() {
        distance(Duration.ZERO);
        fill();
        List<CompletableFuture<Map<String, byte[]>>> first = List.of(read("a"), read("b"));
        landAll();
        List<CompletableFuture<Map<String, byte[]>>> second = List.of(read("a"), read("c"));

        sent.get(places).fail();

        assertThat(first).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(second).noneMatch(CompletableFuture::isDone);
        sent.get(places + 1).land();
        assertThat(second).allSatisfy(read -> assertThat(read).isCompleted());
    }

    @Test
    void thoseWhoGatheredBehindFailuresLeaveAllTheSame() {
        List<CompletableFuture<Map<String, byte[]>>> before = fill();
        var unused = read("a");

        List.copyOf(sent).forEach(Sent::fail);

        assertThat(before).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(sent.get(places).keys()).containsExactly("a");
    }

    @Test
    void aSenderThatThrowsFailsItsReadersAndTheNextAreSent() {
        ReadCombiner<String, Map<String, byte[]>> broken = new ReadCombiner<>(
                keys -> {
                    throw new IllegalStateException("shut down");
                },
                nanoTime::get);

        for (int i = 0; i < 2 * places; i++) {
            assertThat(broken.read(List.of("a"))).isCompletedExceptionally();
        }
    }

    @Test
    void manyCommandsThatFailAtOnceDoNotNest() {
        CompletableFuture<Map<String, byte[]>> held = new CompletableFuture<>();
        AtomicLong calls = new AtomicLong();
        ReadCombiner<String, Map<String, byte[]>> failing = new ReadCombiner<>(
                keys -> calls.incrementAndGet() <= places
                        ? held
                        : CompletableFuture.failedFuture(new IllegalStateException("open")),
                nanoTime::get);
        List<String> many =
                IntStream.range(0, ReadCombiner.MOST_KEYS).mapToObj(i -> "" + i).toList();
        List<CompletableFuture<Map<String, byte[]>>> reads =
                IntStream.range(0, 20_000).mapToObj(i -> failing.read(many)).toList();

        held.complete(Map.of());

        assertThat(reads).allMatch(CompletableFuture::isDone);
        assertThat(calls).hasValue(20_000);
    }

    @Test
    void aGroupEndsAtSoManyKeys() {
        distance(Duration.ZERO);
        fill();
        for (int i = 0; i < ReadCombiner.MOST_KEYS; i++) {
            var unused = read("a" + i, "b" + i);
        }

        landAll();
        sent.get(places).land();

        assertThat(sent).hasSize(places + 2).allMatch(command -> command.keys().size() <= ReadCombiner.MOST_KEYS);
    }

    @Test
    void aReadThatWasGivenUpWhileItGatheredIsNotSent() {
        distance(Duration.ZERO);
        fill();
        assertThat(read("a").cancel(false)).isTrue();
        var unused = read("b");

        landAll();

        assertThat(sent.get(places).keys()).containsExactly("b");
    }

    @Test
    void aReaderWhoGivesUpHarmsNobodyElse() {
        distance(Duration.ZERO);
        fill();
        CompletableFuture<Map<String, byte[]>> givenUp = read("a");
        CompletableFuture<Map<String, byte[]>> other = read("a");
        landAll();

        givenUp.completeExceptionally(new IllegalStateException("timed out"));
        sent.get(places).land();

        assertThat(other).isCompleted();
    }

    @Test
    void answersThatAreOverdueHoldNobodyUpForLong() {
        distance(Duration.ZERO);
        fill();
        CompletableFuture<Map<String, byte[]>> gathered = read("a");
        assertThat(sent).hasSize(places);

        nanoTime.addAndGet(ReadCombiner.PATIENCE.toNanos());
        var unused = read("b");

        assertThat(sent.get(places).keys()).containsExactly("a", "b");
        sent.get(places).land();
        assertThat(gathered).isCompleted();
    }

    @Test
    void anAnswerThatComesTooLateFreesNoPlaceOfTheNextRound() {
        distance(Duration.ZERO);
        fill();
        nanoTime.addAndGet(ReadCombiner.PATIENCE.toNanos());
        fill();
        var unused = read("a");
        assertThat(sent).hasSize(2 * places);

        List.copyOf(sent.subList(0, places)).forEach(Sent::land);
        assertThat(sent).hasSize(2 * places);

        landAll();
        assertThat(sent.get(2 * places).keys()).containsExactly("a");
    }
}
