package dev.hearth.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.store.MessageChannel;
import dev.hearth.test.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How acknowledgements leave. */
final class OutboxTest {
    private final List<String> sent = new ArrayList<>();
    private final List<CompletableFuture<Void>> underWay = new ArrayList<>();
    private final Outbox outbox = new Outbox("me", channel((node, message) -> {
        sent.add(node + "<" + message);
        CompletableFuture<Void> sending = new CompletableFuture<>();
        underWay.add(sending);
        return sending;
    }));

    private interface Sending {
        CompletableFuture<?> send(String node, String message);
    }

    private static MessageChannel channel(Sending sending) {
        return new MessageChannel() {
            @Override
            public void listen(Listener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public CompletableFuture<?> send(String node, String message) {
                return sending.send(node, message);
            }
        };
    }

    private static Notice.Asker asker(String node, long number) {
        return new Notice.Asker(node, number);
    }

    @Test
    void aFewLeaveAtOnceAndOthersGatherWhileTheyAreUnderWay() {
        fill("w");
        outbox.acknowledge(asker("w", 5), 0);
        outbox.acknowledge(asker("w", 6), 0);
        assertThat(sent).containsExactly("w<me 1", "w<me 2", "w<me 3", "w<me 4");

        underWay.get(2).complete(null);
        assertThat(sent).endsWith("w<me 4", "w<me 5,6");

        outbox.acknowledge(asker("w", 7), 0);
        assertThat(sent).endsWith("w<me 5,6");
        underWay.get(0).complete(null);
        assertThat(sent).endsWith("w<me 5,6", "w<me 7");
    }

    @Test
    void asManyLeaveAtOnceAgainOnceAllHaveArrived() {
        fill("w");
        underWay.forEach(sending -> sending.complete(null));
        sent.clear();

        fill("w");

        assertThat(sent).hasSize(Outbox.UNDER_WAY);
    }

    /** As many as are under way at once. */
    private void fill(String node) {
        for (int number = 1; number <= Outbox.UNDER_WAY; number++) {
            outbox.acknowledge(asker(node, number), 0);
        }
    }

    @Test
    void thoseForOneWriterDoNotWaitForThoseOfAnother() {
        fill("w");
        outbox.acknowledge(asker("v", 1), 0);

        assertThat(sent).endsWith("w<me 4", "v<me 1");
    }

    @Test
    void whatGatheredLeavesAfterASendThatFailed() {
        fill("w");
        outbox.acknowledge(asker("w", 5), 0);

        List.copyOf(underWay).forEach(sending -> sending.completeExceptionally(new IllegalStateException("gone")));
        underWay.get(Outbox.UNDER_WAY).completeExceptionally(new IllegalStateException("gone"));
        outbox.acknowledge(asker("w", 6), 0);

        assertThat(sent).endsWith("w<me 4", "w<me 5", "w<me 6");
    }

    @Test
    void laterOnesLeaveAfterAChannelThatThrew() {
        List<String> left = new ArrayList<>();
        Outbox failing = new Outbox("me", channel((node, message) -> {
            left.add(message);
            if (left.size() == 1) {
                throw new IllegalStateException("closed");
            }
            return CompletableFuture.completedFuture(null);
        }));

        failing.acknowledge(asker("w", 1), 0);
        failing.acknowledge(asker("w", 2), 0);

        assertThat(left).containsExactly("me 1", "me 2");
    }

    @Test
    void noneIsLostBetweenThreads() throws InterruptedException {
        ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
        Outbox busy = new Outbox(
                "me", channel((node, message) -> CompletableFuture.runAsync(() -> received.add(message.substring(3)))));
        int threads = 4;
        int each = 2000;
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            int first = t * each;
            new Thread(() -> {
                        IntStream.range(first, first + each).forEach(n -> busy.acknowledge(asker("w", n), 0));
                        done.countDown();
                    })
                    .start();
        }
        done.await();

        Eventually.holds(
                "all have arrived",
                () -> received.stream()
                                .flatMap(m -> List.of(m.split(",")).stream())
                                .count()
                        == threads * each);
        assertThat(received.stream().flatMap(m -> List.of(m.split(",")).stream()))
                .doesNotHaveDuplicates();
    }
}
