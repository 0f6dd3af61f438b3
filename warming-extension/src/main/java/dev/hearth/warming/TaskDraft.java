package dev.hearth.warming;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task as it was written, before anybody knows whether it makes sense. */
final class TaskDraft {
    private final String name;
    private final @Nullable String annotation;
    private final Map<TaskProperty, Given> given = new EnumMap<>(TaskProperty.class);

    /** @param annotation where the annotation stands that declares it; null if only settings do */
    TaskDraft(String name, @Nullable String annotation) {
        this.name = name;
        this.annotation = annotation;
    }

    /**
     * What was written.
     *
     * @param place where, as it is named in complaints
     */
    record Given(String place, Object value) {}

    String name() {
        return name;
    }

    /** Where the task as a whole stands. */
    String place() {
        return annotation != null ? annotation : WarmingSettings.TASK + name;
    }

    /** What an annotation says. */
    void annotated(TaskProperty property, Object value) {
        given.put(property, new Given(property.key() + " of " + place(), value));
    }

    /** What a setting says, in place of the annotation. */
    void set(TaskProperty property, String key, Object value) {
        // Settings may turn a task from one kind of schedule, or source of parameters, to the other.
        switch (property) {
            case EVERY -> removeAnnotated(TaskProperty.CRON);
            case CRON -> removeAnnotated(TaskProperty.EVERY);
            case PARAMETERS -> removeAnnotated(TaskProperty.SUPPLIER);
            case SUPPLIER -> removeAnnotated(TaskProperty.PARAMETERS);
            default -> {}
        }
        given.put(property, new Given(key, value));
    }

    private void removeAnnotated(TaskProperty property) {
        Given present = given.get(property);
        if (present != null && !present.place().startsWith(WarmingSettings.TASK)) {
            given.remove(property);
        }
    }

    @Nullable
    Given get(TaskProperty property) {
        return given.get(property);
    }

    /** Where a property stands, or would. */
    String place(TaskProperty property) {
        Given present = given.get(property);
        return present != null ? present.place() : property.key() + " of " + place();
    }
}
