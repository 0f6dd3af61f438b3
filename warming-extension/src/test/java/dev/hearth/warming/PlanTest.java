package dev.hearth.warming;

import static dev.hearth.warming.Tasks.managed;
import static dev.hearth.warming.Tasks.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose turn it is. */
final class PlanTest {
    private static final long NOW = 100;

    @Test
    void classesComeStrictlyOneAfterTheOther() {
        ManagedTask low = waiting("a", Priority.LOW);
        ManagedTask critical = waiting("z", Priority.CRITICAL);
        ManagedTask high = waiting("m", Priority.HIGH);
        Plan plan = new Plan(List.of(low, critical, high));

        assertThat(plan.ordered()).containsExactly(critical, high, low);
        assertThat(plan.next(NOW)).contains(critical);
        assertThat(plan.next(NOW)).as("while the critical one is at work").isEmpty();
        critical.skip("");
        assertThat(plan.next(NOW)).contains(high);
        high.skip("");
        assertThat(plan.next(NOW)).contains(low);
    }

    @Test
    void withinAClassEveryTaskGetsItsTurnBeforeAnyGetsASecond() {
        List<ManagedTask> tasks =
                List.of(waiting("c", Priority.HIGH), waiting("a", Priority.HIGH), waiting("b", Priority.HIGH));
        Plan plan = new Plan(tasks);
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ManagedTask task = plan.next(NOW).orElseThrow();
            turns.add(task.name());
            task.waitFor("again", false, NOW);
        }

        assertThat(turns).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    void whatWasHotBeforeComesFirstInItsClassAndAfterAllThatIsCritical() {
        ManagedTask critical = waiting("critical", Priority.CRITICAL);
        ManagedTask declared = waiting("declared", Priority.HIGH);
        WarmTask task = new WarmTask(
                "learned",
                Priority.HIGH,
                new WarmTarget.Learned(List.of()),
                null,
                new Schedule.Never(),
                Set.of(Trigger.START),
                0);
        ManagedTask learned = new ManagedTask(new TaskCatalog.Checked(task, "", "definition"), new Observers());
        learned.wish(new ManagedTask.Wish(Trigger.START, 0));
        Plan plan = new Plan(List.of(declared, learned, critical));

        assertThat(plan.ordered()).containsExactly(critical, learned, declared);
        assertThat(plan.next(NOW)).contains(critical);
        assertThat(plan.next(NOW)).as("critical is under way").isEmpty();
    }

    @Test
    void aTaskThatAnotherNodeRunsHoldsNobodyBack() {
        ManagedTask critical = waiting("critical", Priority.CRITICAL);
        ManagedTask low = waiting("low", Priority.LOW);
        Plan plan = new Plan(List.of(critical, low));
        plan.next(NOW).orElseThrow().waitFor("another node runs it", true, NOW + 1);

        assertThat(plan.next(NOW)).contains(low);
    }

    @Test
    void aTaskThatWaitsForItsNextAttemptHoldsLaterClassesBack() {
        ManagedTask critical = waiting("critical", Priority.CRITICAL);
        Plan plan = new Plan(List.of(critical, waiting("low", Priority.LOW)));
        plan.next(NOW).orElseThrow().waitFor("Redis does not answer", false, NOW + 1);

        assertThat(plan.next(NOW)).isEmpty();
        assertThat(plan.next(NOW + 1)).contains(critical);
    }

    @Test
    void whatNobodyWantsOrIsPausedHoldsNobodyBack() {
        ManagedTask paused = waiting("paused", Priority.CRITICAL);
        paused.pause();
        ManagedTask low = waiting("low", Priority.LOW);

        assertThat(new Plan(List.of(managed("planned", Priority.CRITICAL), paused, low)).next(NOW))
                .contains(low);
    }
}
