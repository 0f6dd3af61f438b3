package dev.hearth.warming;

import dev.hearth.config.SettingProblem;
import dev.hearth.config.SettingType;
import dev.hearth.config.SettingTypes;
import dev.hearth.warming.TaskDraft.Given;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a task of what was written, as far as that can be told without the mapping; collects every problem on the way. */
final class TaskReader {
    private final TaskDraft draft;
    private final Mapping mapping;
    private final List<SettingProblem> problems;

    TaskReader(TaskDraft draft, Mapping mapping, List<SettingProblem> problems) {
        this.draft = draft;
        this.mapping = mapping;
        this.problems = problems;
    }

    /** The task, or null if there was a problem. */
    @Nullable
    WarmTask read() {
        int before = problems.size();
        if (!WarmTask.NAME.matcher(draft.name()).matches()) {
            problem(draft.place(), "is named '" + draft.name() + "'", "a name must be " + WarmTask.NAME_RULE);
        }
        WarmTask.Builder builder = begin();
        Priority priority = read(TaskProperty.PRIORITY, SettingTypes.choice(Priority.class));
        Schedule schedule = schedule();
        Set<Trigger> triggers = triggers();
        Double ratio = read(TaskProperty.HIT_RATIO_BELOW, SettingTypes.fraction(0, 1, "0.8"));
        if (builder == null || problems.size() > before) {
            return null;
        }
        builder.priority(priority == null ? Priority.NORMAL : priority)
                .schedule(schedule)
                .hitRatioBelow(ratio == null ? 0 : ratio);
        if (!triggers.isEmpty()) {
            builder.on(triggers);
        }
        return builder.build();
    }

    // What

    private WarmTask.@Nullable Builder begin() {
        Given entity = draft.get(TaskProperty.ENTITY);
        Given query = draft.get(TaskProperty.QUERY);
        if ((entity == null) == (query == null)) {
            problem(
                    draft.place(),
                    entity == null ? "names neither an entity nor a query" : "names both an entity and a query",
                    "set one of " + WarmingSettings.TASK + draft.name() + ".entity and .query");
            return null;
        }
        refuse(entity == null ? TaskProperty.OF_ENTITIES : TaskProperty.OF_QUERIES, entity == null);
        return entity != null ? entities(entity) : results(query == null ? "" : String.valueOf(query.value()));
    }

    private void refuse(Set<TaskProperty> meaningless, boolean results) {
        for (TaskProperty property : meaningless) {
            if (draft.get(property) != null) {
                problem(
                        draft.place(property),
                        "says nothing of " + (results ? "a query's results" : "entities"),
                        "remove it");
            }
        }
    }

    private WarmTask.@Nullable Builder entities(Given entity) {
        String name = String.valueOf(entity.value()).strip();
        Class<?> type = entity.value() instanceof Class<?> given ? given : mapping.entityClass(name);
        Integer limit = read(TaskProperty.LIMIT, SettingTypes.count(0, Integer.MAX_VALUE, "10000"));
        Boolean naturalIds = read(TaskProperty.NATURAL_IDS, SettingTypes.flag());
        Map<String, Object> parameters = convert(TaskProperty.PARAMETERS, Parameters::set, Map.of());
        if (type == null) {
            problem(entity.place(), "is '" + name + "', which is no entity", mapping.nearestEntity(name));
            return null;
        }
        WarmTask.Builder builder = WarmTask.entities(validName(), type)
                .orderBy(names(TaskProperty.ORDER_BY))
                .collections(names(TaskProperty.COLLECTIONS))
                .limit(limit == null ? 0 : limit)
                .naturalIds(naturalIds != null && naturalIds);
        Given where = draft.get(TaskProperty.WHERE);
        return where == null || where.value().toString().isBlank()
                ? builder.where("", parameters)
                : builder.where(where.value().toString(), parameters);
    }

    private WarmTask.Builder results(String query) {
        WarmTask.Builder builder = WarmTask.results(validName(), query.strip());
        if (draft.get(TaskProperty.SUPPLIER) != null) {
            if (draft.get(TaskProperty.PARAMETERS) != null) {
                problem(
                        draft.place(TaskProperty.SUPPLIER),
                        "stands beside parameters",
                        "give either parameters or a supplier of them");
            }
            return builder.parameters(supplier());
        }
        return builder.parameters(convert(TaskProperty.PARAMETERS, Parameters::sets, List.of(Map.of())));
    }

    /* A wrong name is a problem already, and must not hide the others. */
    private String validName() {
        return WarmTask.NAME.matcher(draft.name()).matches() ? draft.name() : "invalid";
    }

    private String[] names(TaskProperty property) {
        Given given = draft.get(property);
        return given == null || given.value().toString().isBlank()
                ? new String[0]
                : Arrays.stream(given.value().toString().split(","))
                        .map(String::strip)
                        .toArray(String[]::new);
    }

    @SuppressWarnings("unchecked")
    private Supplier<List<Map<String, Object>>> supplier() {
        return convert(
                TaskProperty.SUPPLIER,
                name -> {
                    try {
                        Object made = mapping.classForName(name)
                                .getDeclaredConstructor()
                                .newInstance();
                        return (Supplier<List<Map<String, Object>>>) made;
                    } catch (ReflectiveOperationException | RuntimeException e) {
                        throw new IllegalArgumentException("of which no Supplier can be made: " + e, e);
                    }
                },
                List::of);
    }

    // When

    private Schedule schedule() {
        Given cron = draft.get(TaskProperty.CRON);
        Given every = draft.get(TaskProperty.EVERY);
        if (cron != null && every != null) {
            problem(cron.place(), "stands beside every", "give one of them");
        }
        if (cron != null) {
            return convert(
                    TaskProperty.CRON,
                    text -> {
                        try {
                            return new Schedule.At(text);
                        } catch (IllegalArgumentException e) {
                            throw new IllegalArgumentException(
                                    "which is no cron expression (" + e.getMessage()
                                            + "); it must have five fields, or six with the seconds first, for example"
                                            + " 0 3 * * *",
                                    e);
                        }
                    },
                    new Schedule.Never());
        }
        var period = read(TaskProperty.EVERY, SettingTypes.duration("1s", "365d", "15m"));
        return period == null ? new Schedule.Never() : new Schedule.Every(period);
    }

    /* Empty if nothing is said of them. */
    private Set<Trigger> triggers() {
        Set<Trigger> triggers = EnumSet.noneOf(Trigger.class);
        SettingType<Trigger> type = SettingTypes.choice(Trigger.class);
        for (String name : names(TaskProperty.ON)) {
            try {
                triggers.add(type.read(name));
            } catch (IllegalArgumentException e) {
                problems.add(WarmingSettings.malformed(draft.place(TaskProperty.ON), type, name, e));
            }
        }
        return triggers;
    }

    // Reading

    private <T> @Nullable T read(TaskProperty property, SettingType<T> type) {
        Given given = draft.get(property);
        if (given == null) {
            return null;
        }
        try {
            return type.read(given.value());
        } catch (IllegalArgumentException e) {
            problems.add(WarmingSettings.malformed(given.place(), type, given.value(), e));
            return null;
        }
    }

    private <T> T convert(TaskProperty property, Function<String, T> conversion, T otherwise) {
        Given given = draft.get(property);
        if (given == null || given.value().toString().isBlank()) {
            return otherwise;
        }
        try {
            return conversion.apply(given.value().toString());
        } catch (IllegalArgumentException e) {
            problem(given.place(), "is '" + given.value() + "', " + e.getMessage(), "correct it or remove it");
            return otherwise;
        }
    }

    private void problem(String place, String description, String remedy) {
        problems.add(new SettingProblem(place, description, remedy));
    }
}
