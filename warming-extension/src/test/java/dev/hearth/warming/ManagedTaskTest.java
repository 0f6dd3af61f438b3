package dev.hearth.warming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.shop.Product;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From state to state. */
final class ManagedTaskTest {
    private static final Map<TaskState, Set<TaskState>> LEGAL = new EnumMap<>(Map.of(
            TaskState.PLANNED, EnumSet.of(TaskState.WAITING, TaskState.CANCELLED),
            TaskState.WAITING,
                    EnumSet.of(
                            TaskState.RUNNING,
                            TaskState.PAUSED,
                            TaskState.SKIPPED,
                            TaskState.FAILED,
                            TaskState.CANCELLED),
            TaskState.RUNNING,
                    EnumSet.of(
                            TaskState.WAITING,
                            TaskState.PAUSED,
                            TaskState.SUCCEEDED,
                            TaskState.FAILED,
                            TaskState.CANCELLED),
            TaskState.PAUSED, EnumSet.complementOf(EnumSet.of(TaskState.PLANNED, TaskState.PAUSED)),
            TaskState.SUCCEEDED, EnumSet.of(TaskState.WAITING),
            TaskState.SKIPPED, EnumSet.of(TaskState.WAITING),
            TaskState.FAILED, EnumSet.of(TaskState.WAITING),
            TaskState.CANCELLED, EnumSet.of(TaskState.WAITING)));

    @Test
    void onlyTheseStatesFollowEachOther() {
        for (TaskState from : TaskState.values()) {
            Set<TaskState> next = EnumSet.noneOf(TaskState.class);
            for (TaskState to : TaskState.values()) {
                if (from.mayBecome(to)) {
                    next.add(to);
                }
            }
            assertThat(next).as("after %s", from).isEqualTo(LEGAL.get(from));
        }
    }

    @Test
    void whatIsToRunAlreadyIsNotAskedForTwice() {
        ManagedTask task = Tasks.waiting("a", Priority.HIGH);

        assertThat(task.wish(new ManagedTask.Wish(null, 5))).isFalse();
        assertThat(task.wish().trigger()).isEqualTo(Trigger.START);
    }

    @Test
    void pausingIsForWhatIsToRun() {
        ManagedTask task = Tasks.managed("a", Priority.HIGH);
        assertThat(task.pause()).isFalse();
        task.wish(new ManagedTask.Wish(null, 0));
        assertThat(task.pause()).isTrue();
        assertThat(task.pause()).isFalse();
        assertThat(task.ready(10)).isFalse();
        assertThat(task.resume()).isTrue();
        assertThat(task.resume()).isFalse();
        assertThat(task.ready(10)).isTrue();
    }

    @Test
    void whatWasCancelledRunsAgainWhenItIsAskedFor() {
        ManagedTask task = Tasks.waiting("a", Priority.HIGH);
        assertThat(task.cancel("why")).isTrue();
        assertThat(task.cancel("why")).isFalse();
        assertThat(task.status().reason()).isEqualTo("why");

        assertThat(task.wish(new ManagedTask.Wish(null, 0))).isTrue();
        assertThat(task.state()).isEqualTo(TaskState.WAITING);
    }

    @Test
    void aTurnThatComesToNothingLeavesWhatWasCancelledAlone() {
        ManagedTask task = Tasks.waiting("a", Priority.HIGH);
        task.turn(1);
        task.cancel("why");
        task.skip("done already");

        assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(task.busy()).isFalse();
    }

    @Test
    void listenersHearEveryChangeAndCannotDisturbIt() {
        List<String> heard = new ArrayList<>();
        Observers observers = new Observers();
        observers.add(new WarmingListener() {
            @Override
            public void stateChanged(TaskState before, TaskStatus now) {
                heard.add(before + " " + now.state());
                throw new IllegalStateException("a listener's own");
            }
        });
        WarmTask declared = WarmTask.entities("a", Product.class).build();
        ManagedTask task = new ManagedTask(new TaskCatalog.Checked(declared, "r", "d"), observers);
        task.wish(new ManagedTask.Wish(null, 0));
        task.skip("");

        assertThat(heard).containsExactly("PLANNED WAITING", "WAITING SKIPPED");
    }
}
