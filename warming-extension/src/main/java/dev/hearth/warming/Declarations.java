package dev.hearth.warming;

import dev.hearth.config.SettingProblem;
import dev.hearth.config.SettingTypes;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Collects what annotations and settings declare; settings override the annotation of the same task. */
final class Declarations {
    private final Map<String, TaskDraft> drafts = new TreeMap<>();
    private final List<SettingProblem> problems;

    /** @param problems takes what is wrong */
    Declarations(List<SettingProblem> problems) {
        this.problems = problems;
    }

    /** The drafts by name. */
    Collection<TaskDraft> drafts() {
        return drafts.values();
    }

    // Annotations

    void read(Collection<? extends Class<?>> entities) {
        Set<AnnotatedElement> places = new LinkedHashSet<>(entities);
        entities.stream().map(Class::getPackage).forEach(places::add);
        for (AnnotatedElement place : places) {
            for (Warm warm : place.getAnnotationsByType(Warm.class)) {
                read(warm, (Class<?>) place);
            }
            for (WarmQuery warm : place.getAnnotationsByType(WarmQuery.class)) {
                read(warm, name(place));
            }
        }
    }

    private static String name(AnnotatedElement place) {
        return place instanceof Package named ? named.getName() : ((Class<?>) place).getName();
    }

    private void read(Warm warm, Class<?> entity) {
        TaskDraft draft = draft(
                warm.name().isEmpty() ? entity.getSimpleName() : warm.name(),
                "@Warm on " + entity.getName(),
                "@Warm(name = \"...\")");
        draft.annotated(TaskProperty.ENTITY, entity.getName());
        text(draft, TaskProperty.WHERE, warm.where());
        text(draft, TaskProperty.PARAMETERS, warm.parameters());
        text(draft, TaskProperty.ORDER_BY, String.join(",", warm.orderBy()));
        text(draft, TaskProperty.COLLECTIONS, String.join(",", warm.collections()));
        draft.annotated(TaskProperty.LIMIT, warm.limit());
        draft.annotated(TaskProperty.NATURAL_IDS, warm.naturalIds());
        common(draft, warm.priority(), warm.every(), warm.cron(), warm.on(), warm.hitRatioBelow());
    }

    private void read(WarmQuery warm, String place) {
        TaskDraft draft = draft(
                warm.name().isEmpty() ? warm.value().replaceAll("[^A-Za-z0-9_-]", "-") : warm.name(),
                "@WarmQuery(\"" + warm.value() + "\") on " + place,
                "@WarmQuery(name = \"...\")");
        draft.annotated(TaskProperty.QUERY, warm.value());
        text(draft, TaskProperty.PARAMETERS, String.join(" ", warm.parameters()));
        if (warm.supplier() != WarmQuery.None.class) {
            draft.annotated(TaskProperty.SUPPLIER, warm.supplier().getName());
        }
        common(draft, warm.priority(), warm.every(), warm.cron(), warm.on(), warm.hitRatioBelow());
    }

    private static void common(
            TaskDraft draft, Priority priority, String every, String cron, Trigger[] on, double hitRatioBelow) {
        draft.annotated(TaskProperty.PRIORITY, priority.name());
        text(draft, TaskProperty.EVERY, every);
        text(draft, TaskProperty.CRON, cron);
        text(
                draft,
                TaskProperty.ON,
                String.join(",", Arrays.stream(on).map(Enum::name).toList()));
        draft.annotated(TaskProperty.HIT_RATIO_BELOW, hitRatioBelow);
    }

    private static void text(TaskDraft draft, TaskProperty property, String value) {
        if (!value.isEmpty()) {
            draft.annotated(property, value);
        }
    }

    private TaskDraft draft(String name, String place, String remedy) {
        TaskDraft draft = new TaskDraft(name, place);
        TaskDraft other = drafts.putIfAbsent(name, draft);
        if (other != null) {
            problems.add(new SettingProblem(
                    place,
                    "is named '" + name + "', as " + other.place() + " is",
                    "give each a name of its own: " + remedy));
        }
        return draft;
    }

    // Settings

    /** @param written by full name */
    void override(Map<String, ?> written) {
        new TreeMap<>(written).forEach((key, value) -> {
            String path = key.substring(WarmingSettings.TASK.length());
            int dot = path.indexOf('.');
            String name = dot < 0 ? path : path.substring(0, dot);
            String property = dot < 0 ? "" : path.substring(dot + 1);
            TaskProperty.of(property)
                    .ifPresentOrElse(
                            known -> drafts.computeIfAbsent(name, n -> new TaskDraft(n, null))
                                    .set(known, key, value),
                            () -> problems.add(unknown(key, name, property)));
        });
    }

    private static SettingProblem unknown(String key, String task, String property) {
        String nearest = SettingTypes.nearest(property, TaskProperty.keys()).orElseThrow();
        return new SettingProblem(
                key,
                property.isEmpty() ? "names no property of task '" + task + "'" : "is not a property of a task",
                "the nearest is " + WarmingSettings.TASK + task + "." + nearest + "; there are "
                        + String.join(", ", TaskProperty.keys()));
    }

    /** Removes what is not enabled. */
    void dropDisabled() {
        List<TaskDraft> disabled = new ArrayList<>();
        for (TaskDraft draft : drafts.values()) {
            TaskDraft.Given enabled = draft.get(TaskProperty.ENABLED);
            if (enabled != null && !isTrue(enabled)) {
                disabled.add(draft);
            }
        }
        disabled.forEach(draft -> drafts.remove(draft.name()));
    }

    private boolean isTrue(TaskDraft.Given enabled) {
        try {
            return SettingTypes.flag().read(enabled.value());
        } catch (IllegalArgumentException e) {
            problems.add(WarmingSettings.malformed(enabled.place(), SettingTypes.flag(), enabled.value(), e));
            return true;
        }
    }
}
