package dev.hearth.warming;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.SettingProblem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** The tasks of a session factory: declared by annotations, settings and the application, and checked. */
final class TaskCatalog {
    /** The name of the task that learning makes. */
    static final String LEARNED = "learned";

    private TaskCatalog() {}

    /**
     * A task that fits the mapping.
     *
     * @param region where what it loads is kept
     * @param definition changes with what it loads, and with the mapping
     */
    record Checked(WarmTask task, String region, String definition) {
        /** Whether it warms what was hot before. */
        boolean isLearned() {
            return task.target() instanceof WarmTarget.Learned;
        }
    }

    /** @throws HearthConfigurationException if anything is wrong; it lists everything that is */
    static List<Checked> of(SessionFactoryImplementor factory, WarmingSettings settings) {
        Mapping mapping = new Mapping(factory);
        List<SettingProblem> problems = new ArrayList<>();
        Declarations declarations = new Declarations(problems);
        declarations.read(mapping.entityClasses());
        declarations.override(settings.written());
        declarations.dropDisabled();
        List<WarmTask> tasks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (TaskDraft draft : declarations.drafts()) {
            names.add(draft.name());
            WarmTask task = new TaskReader(draft, mapping, problems).read();
            if (task != null) {
                tasks.add(new TaskCheck(mapping, draft::place, problems).check(task));
            }
        }
        for (WarmTask task : settings.tasks()) {
            Function<TaskProperty, String> places = property -> property.key() + " of task '" + task.name() + "'";
            if (!names.add(task.name())) {
                problems.add(new SettingProblem(
                        "task '" + task.name() + "'", "is there already", "give each task a name of its own"));
            }
            tasks.add(new TaskCheck(mapping, places, problems).check(task));
        }
        if (settings.learning().enabled() && names.contains(LEARNED)) {
            problems.add(new SettingProblem(
                    "task '" + LEARNED + "'",
                    "is named as the one that " + WarmingSettingTable.LEARN.key() + " makes",
                    "give it another name"));
        }
        if (!problems.isEmpty()) throw new HearthConfigurationException(problems);
        return tasks.stream().map(task -> checked(task, mapping)).toList();
    }

    /** The task that warms what was hot before, by the mapping of these. */
    static Checked learned(SessionFactoryImplementor factory) {
        WarmTarget nothingYet = new WarmTarget.Learned(List.of());
        WarmTask task = new WarmTask(
                LEARNED, Priority.HIGH, nothingYet, null, new Schedule.Never(), EnumSet.of(Trigger.START), 0);
        return new Checked(task, "", digest(new Mapping(factory).describeAll()));
    }

    private static Checked checked(WarmTask task, Mapping mapping) {
        String region = task.target() instanceof WarmTarget.Entities wanted
                ? mapping.hierarchy(wanted.entity()).stream()
                        .filter(entity -> entity.getCacheAccessStrategy() != null)
                        .findFirst()
                        .orElseThrow()
                        .getCacheAccessStrategy()
                        .getRegion()
                        .getName()
                : Objects.requireNonNull(mapping.queryRegion(((WarmTarget.Results) task.target()).query()));
        return new Checked(task, region, digest(mapping.describe(task.target())));
    }

    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
