package dev.hearth.warming;

import dev.hearth.test.Eventually;
import dev.hearth.test.NodeFixture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Warming as tests start it: impatient, and with the tasks of the test alone. */
final class WarmingFixture {
    private WarmingFixture() {}

    static Warming start(NodeFixture node, Loader loader, Map<String, String> settings, WarmTask... tasks) {
        return start(node, loader, WarmingTime.SYSTEM, settings, tasks);
    }

    static Warming start(
            NodeFixture node, Loader loader, WarmingTime time, Map<String, String> settings, WarmTask... tasks) {
        Map<String, Object> all = new HashMap<>();
        all.put(WarmingSettings.PREFIX + "first-delay", "50ms");
        all.put(WarmingSettings.PREFIX + "longest-delay", "100ms");
        all.put(WarmingSettings.PREFIX + "watch-interval", "100ms");
        settings.forEach((name, value) -> all.put(WarmingSettings.PREFIX + name, value));
        return Warming.start(node.sessionFactory(), WarmingSettings.read(all).with(List.of(tasks)), loader, time);
    }

    static void awaitState(Warming warming, String task, TaskState state) {
        try {
            Eventually.holds(task + " is " + state, () -> warming.status(task).state() == state);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", but " + warming.status(task), e);
        }
    }
}
