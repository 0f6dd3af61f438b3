package dev.hearth.warming;

import static dev.hearth.warming.WarmingFixture.awaitState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.test.Eventually;
import dev.hearth.test.shop.Category;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Product;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What makes tasks run on one node, and how fast they may. */
final class TriggersIT extends OneNodeFixture {
    @Test
    void tasksAreStartedByNameByRegionAndByClass() {
        FakeLoader loader = FakeLoader.unlimited();
        Set<Trigger> never = EnumSet.noneOf(Trigger.class);
        warming = WarmingFixture.start(
                node,
                loader,
                ONE_AT_A_TIME,
                WarmTask.entities("a", Product.class).on(never).build(),
                WarmTask.entities("b", Customer.class).on(never).build(),
                WarmTask.entities("c", Category.class)
                        .priority(Priority.LOW)
                        .on(never)
                        .build());
        assertThat(warming.status()).extracting(TaskStatus::state).containsOnly(TaskState.PLANNED);

        assertThat(warming.start("a")).isTrue();
        awaitState(warming, "a", TaskState.SUCCEEDED);
        assertThat(warming.startRegion(Customer.class.getName())).isEqualTo(1);
        awaitState(warming, "b", TaskState.SUCCEEDED);
        assertThat(warming.start(Priority.LOW)).isEqualTo(1);
        awaitState(warming, "c", TaskState.SUCCEEDED);

        assertThat(loader.order()).containsExactly("Product", "Customer", "Category");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> warming.start("bb"))
                .withMessage("There is no task 'bb'; the nearest is 'b'");
    }

    @Test
    void aScheduleHasItsTaskRunWheneverItsTimeHasCome() {
        FakeTime time = new FakeTime();
        FakeLoader loader = FakeLoader.unlimited();
        warming = WarmingFixture.start(
                node,
                loader,
                time,
                Map.of("freshness", "1s"),
                WarmTask.entities("every", Product.class)
                        .schedule(new Schedule.Every(Duration.ofSeconds(1)))
                        .on(EnumSet.of(Trigger.SCHEDULE))
                        .build(),
                WarmTask.entities("nightly", Customer.class)
                        .schedule(new Schedule.At("0 3 * * *"))
                        .on(EnumSet.of(Trigger.SCHEDULE))
                        .build());
        Eventually.holds("it is planned", () -> warming.status("nightly").next() != null);
        assertThat(warming.status("nightly").next()).isEqualTo("2026-01-01T03:00:00Z");
        assertThat(loader.order()).isEmpty();

        time.pass(Duration.ofSeconds(2));
        awaitState(warming, "every", TaskState.SUCCEEDED);
        assertThat(warming.status("nightly").state()).isEqualTo(TaskState.PLANNED);

        time.pass(Duration.ofHours(3));
        awaitState(warming, "nightly", TaskState.SUCCEEDED);
        assertThat(warming.status("nightly").next()).isEqualTo("2026-01-02T03:00:00Z");
    }

    @Test
    void aRegionThatIsClearedIsFilledAgain() {
        FakeLoader loader = FakeLoader.unlimited();
        warming = WarmingFixture.start(node, loader, Map.of(), productsOn(Trigger.START, Trigger.CLEARED));
        awaitState(warming, "products", TaskState.SUCCEEDED);
        node.sessionFactory().getCache().evictRegion(Product.class.getName());

        Eventually.holds("it is loaded again", () -> loader.loaded("Product").size() == 2 * FakeLoader.ROWS);
        awaitState(warming, "products", TaskState.SUCCEEDED);
    }

    @Test
    void aRegionThatMissesTooOftenIsFilled() {
        FakeLoader loader = FakeLoader.unlimited();
        warming = WarmingFixture.start(
                node,
                loader,
                Map.of(),
                WarmTask.entities("products", Product.class)
                        .on(EnumSet.of(Trigger.COLD))
                        .hitRatioBelow(0.5)
                        .build());
        assertThat(warming.status("products").state()).isEqualTo(TaskState.PLANNED);

        Eventually.holds("it is loaded", () -> {
            node.inTransaction(session -> IntStream.range(0, 50).forEach(id -> session.find(Product.class, (long) id)));
            return warming.status("products").state() == TaskState.SUCCEEDED;
        });
    }

    @Test
    void rowsAreReadNoFasterThanAllowed() {
        FakeTime time = new FakeTime();
        FakeLoader loader = FakeLoader.unlimited();
        warming = WarmingFixture.start(node, loader, time, Map.of("rows-per-second", "10"), products());
        for (int page = 1; page <= 10; page++) {
            int rows = page * FakeLoader.PAGE;
            awaitRows(loader, rows);
            assertThat(loader.loaded("Product")).hasSize(rows);
            time.pass(Duration.ofSeconds(1));
        }
        awaitState(warming, "products", TaskState.SUCCEEDED);
        assertThat(Math.round(warming.status("products").progress().rowsPerSecond()))
                .isBetween(9L, 11L);
    }

    @Test
    void aPageThatTakesMuchLongerThanUsualIsFollowedByAPause() {
        FakeTime time = new FakeTime();
        FakeLoader loader = new FakeLoader();
        List<Long> begun = new CopyOnWriteArrayList<>();
        loader.eachPageDoes(() -> {
            begun.add(time.nanoTime());
            time.pass(begun.size() == 6 ? Duration.ofSeconds(1) : Duration.ofMillis(10));
        });
        warming = WarmingFixture.start(node, loader, time, Map.of("slow-factor", "2"), products());
        loader.allow(100);
        Eventually.holds("it is done", () -> {
            time.pass(begun.size() == 6 ? Duration.ofMillis(10) : Duration.ZERO);
            return warming.status("products").state() == TaskState.SUCCEEDED;
        });

        assertThat(begun).hasSize(10);
        assertThat(Duration.ofNanos(begun.get(6) - begun.get(5))).isGreaterThanOrEqualTo(Duration.ofMillis(1990));
        assertThat(Duration.ofNanos(begun.get(9) - begun.get(6))).isEqualTo(Duration.ofMillis(30));
    }

    private static void awaitRows(FakeLoader loader, int rows) {
        Eventually.holds(rows + " rows are read", () -> loader.loaded("Product").size() >= rows);
    }
}
