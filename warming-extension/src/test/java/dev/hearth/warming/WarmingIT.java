package dev.hearth.warming;

import static dev.hearth.warming.WarmingFixture.awaitState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hearth.test.Eventually;
import dev.hearth.test.shop.Category;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Product;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Warming on one node, with a loader that does as the test says. */
final class WarmingIT extends OneNodeFixture {
    @Test
    void tasksRunInOrderOfTheirClassesAndTheCriticalOnesOpenTheGate() throws Exception {
        FakeLoader loader = new FakeLoader();
        warming = WarmingFixture.start(
                node,
                loader,
                ONE_AT_A_TIME,
                task("a", Customer.class, Priority.LOW),
                task("b", Category.class, Priority.CRITICAL),
                task("c", Product.class, Priority.HIGH));

        assertThat(warming.awaitCritical(Duration.ofMillis(100))).isFalse();
        assertThat(warming.health().status()).isEqualTo(WarmingHealth.Status.DEGRADED);
        loader.allow(FakeLoader.ROWS / FakeLoader.PAGE);
        assertThat(warming.awaitCritical(Duration.ofSeconds(30))).isTrue();
        assertThat(warming.status("a").state()).isEqualTo(TaskState.WAITING);
        loader.allow(1000);
        awaitState(warming, "a", TaskState.SUCCEEDED);

        assertThat(loader.order()).containsExactly("Category", "Product", "Customer");
        assertThat(warming.health()).isEqualTo(new WarmingHealth(WarmingHealth.Status.HEALTHY, List.of()));
        assertThat(warming.plan())
                .extracting(PlannedTask::name, PlannedTask::estimatedRows)
                .containsExactly(tuple("b", 100L), tuple("c", 100L), tuple("a", 100L));
    }

    @Test
    void progressAndHistoryTellWhatWasDone() {
        FakeLoader loader = new FakeLoader();
        List<String> heard = new CopyOnWriteArrayList<>();
        warming = WarmingFixture.start(node, loader, Map.of(), productsOn(Trigger.START));
        warming.addListener(new WarmingListener() {
            @Override
            public void progressed(String task, TaskProgress progress) {
                heard.add(task + " " + progress.read());
            }
        });
        awaitState(warming, "products", TaskState.RUNNING);
        loader.allow(3);
        Eventually.holds(
                "three pages are done",
                () -> warming.status("products").progress().read() == 30);

        TaskProgress progress = warming.status("products").progress();
        assertThat(progress.stored()).isEqualTo(27);
        assertThat(progress.skipped()).isEqualTo(3);
        assertThat(progress.estimated()).isEqualTo(100);
        assertThat(progress.rowsPerSecond()).isPositive();
        assertThat(progress.remaining()).isPositive();

        loader.allow(7);
        awaitState(warming, "products", TaskState.SUCCEEDED);
        assertThat(heard).endsWith("products 100");
        assertThat(warming.status("products").history()).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(run.read()).isEqualTo(100);
        });
        assertThat(warming.clusterStatus()).singleElement().satisfies(task -> {
            assertThat(task.runner()).isNull();
            assertThat(task.succeeded()).isNotNull();
            assertThat(task.history()).isEqualTo(warming.status("products").history());
        });
    }

    @Test
    void aPausedRunGoesOnWhereItWasAndLeavesItsWorkerToOthers() {
        FakeLoader loader = new FakeLoader();
        warming = WarmingFixture.start(
                node,
                loader,
                ONE_AT_A_TIME,
                task("a", Product.class, Priority.HIGH),
                task("b", Customer.class, Priority.LOW));
        loader.allow(2);
        Eventually.holds(
                "two pages are done", () -> warming.status("a").progress().read() == 20);

        assertThat(warming.pause("a")).isTrue();
        // One more, for the page that it may have begun before it was paused.
        loader.allow(11);
        awaitState(warming, "b", TaskState.SUCCEEDED);
        assertThat(warming.status("a").state()).isEqualTo(TaskState.PAUSED);
        assertThat(warming.status("a").progress().read()).isBetween(20L, 30L);
        assertThat(warming.health().reasons()).containsExactly("task 'a' is paused");

        loader.allow(10);
        assertThat(warming.resume("a")).isTrue();
        awaitState(warming, "a", TaskState.SUCCEEDED);
        assertThat(loader.loaded("Product")).isEqualTo(ALL);
    }

    @Test
    void aCancelledRunEndsAtItsNextPageAndTheNextOneGoesOnFromThere() {
        FakeLoader loader = new FakeLoader();
        warming = WarmingFixture.start(node, loader, Map.of(), products());
        loader.allow(2);
        Eventually.holds(
                "two pages are done",
                () -> warming.status("products").progress().read() == 20);

        assertThat(warming.cancel("products")).isTrue();
        Eventually.holds(
                "the run is over", () -> !warming.status("products").history().isEmpty());
        assertThat(warming.status("products").state()).isEqualTo(TaskState.CANCELLED);
        assertThat(warming.status("products").history().get(0).outcome()).isEqualTo(TaskState.CANCELLED);

        loader.allow(100);
        assertThat(warming.start("products")).isTrue();
        awaitState(warming, "products", TaskState.SUCCEEDED);
        assertThat(loader.loaded("Product")).isEqualTo(ALL);
    }

    @Test
    void aDatabaseThatComesBackIsTriedAgainFromTheCheckpoint() {
        FakeLoader loader = new FakeLoader();
        warming = WarmingFixture.start(node, loader, Map.of("attempts", "100"), products());
        loader.allow(3);
        Eventually.holds(
                "three pages are done",
                () -> warming.status("products").progress().read() == 30);

        loader.failWith(databaseIsDown());
        loader.allow(1);
        Eventually.holds(
                "it was tried three times", () -> warming.status("products").attempt() >= 3);
        assertThat(warming.health().status()).isEqualTo(WarmingHealth.Status.DEGRADED);
        Eventually.holds(
                "the health says why",
                () -> warming.health().reasons().toString().contains("the database is down"));
        assertThat(warming.status("products").history().get(0).outcome()).isEqualTo(TaskState.FAILED);

        loader.failWith(null);
        loader.allow(100);
        awaitState(warming, "products", TaskState.SUCCEEDED);
        assertThat(loader.loaded("Product")).isEqualTo(ALL);
        assertThat(warming.health().status()).isEqualTo(WarmingHealth.Status.HEALTHY);
    }

    @Test
    void aTaskThatFailsForGoodDoesNotStopTheOthers() {
        FakeLoader loader = FakeLoader.unlimited();
        loader.failWith(databaseIsDown());
        warming = WarmingFixture.start(
                node,
                loader,
                Map.of("attempts", "2", "workers", "1"),
                task("a", Product.class, Priority.CRITICAL),
                task("b", Customer.class, Priority.LOW));
        warming.addListener(new WarmingListener() {
            @Override
            public void stateChanged(TaskState before, TaskStatus now) {
                if (now.state() == TaskState.FAILED) {
                    loader.failWith(null);
                }
            }
        });

        awaitState(warming, "b", TaskState.SUCCEEDED);

        TaskStatus failed = warming.status("a");
        assertThat(failed.state()).isEqualTo(TaskState.FAILED);
        assertThat(failed.attempt()).isEqualTo(2);
        assertThat(failed.reason()).contains("the database is down");
        assertThat(warming.health().status()).isEqualTo(WarmingHealth.Status.FAILED);
        assertThat(warming.health().reasons())
                .singleElement()
                .asString()
                .contains("critical task 'a' failed after 2 attempts")
                .contains("the database is down");
    }

    @Test
    void jmxShowsAndActs() throws Exception {
        FakeLoader loader = FakeLoader.unlimited();
        warming = WarmingFixture.start(node, loader, Map.of(), products());
        awaitState(warming, "products", TaskState.SUCCEEDED);
        var server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = server.queryNames(new ObjectName("dev.hearth:type=Warming,*"), null)
                .iterator()
                .next();
        WarmingMXBean bean = JMX.newMXBeanProxy(server, name, WarmingMXBean.class);

        assertThat(bean.getHealth()).isEqualTo("HEALTHY");
        assertThat(bean.getStates()).isEqualTo(Map.of("products", "SUCCEEDED"));
        assertThat(bean.getProgress().get("products")).startsWith("100 of about 100 rows (90 stored, 10 skipped)");
        assertThat(bean.history("products")).hasSize(1);
        assertThat(bean.startPriority("normal")).isEqualTo(1);
        Eventually.holds("it ran again", () -> bean.history("products").size() == 2);
        bean.setRowsPerSecond(5);
        assertThat(warming.rowsPerSecond()).isEqualTo(5);

        warming.close();
        assertThat(server.isRegistered(name)).isFalse();
    }
}
