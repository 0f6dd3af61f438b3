package dev.hearth.warming;

import dev.hearth.config.SettingProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Checks a task against the mapping, and collects everything that does not fit. */
final class TaskCheck {
    private static final Pattern ORDER = Pattern.compile("([\\p{Alpha}_][\\w.]*)(\\s+(?i:asc|desc))?");

    private final Mapping mapping;
    private final Function<TaskProperty, String> places;
    private final List<SettingProblem> problems;

    /** @param places where each property of the task stands, as it is named in complaints */
    TaskCheck(Mapping mapping, Function<TaskProperty, String> places, List<SettingProblem> problems) {
        this.mapping = mapping;
        this.places = places;
        this.problems = problems;
    }

    /** The task with values of parameters as their types want them; of no use if there was a problem. */
    WarmTask check(WarmTask task) {
        checkTriggers(task);
        return task.target() instanceof WarmTarget.Entities entities
                ? task.withTarget(check(entities))
                : check(task, (WarmTarget.Results) task.target());
    }

    private WarmTask check(WarmTask task, WarmTarget.Results wanted) {
        int before = problems.size();
        WarmTask checked = task.withTarget(check(wanted));
        return task.supplied() == null || problems.size() > before
                ? checked
                : checked.withSupplied(supplied(task.name(), wanted.query(), task.supplied()));
    }

    /* What a supplier gives is known at each run only. */
    private Supplier<List<Map<String, Object>>> supplied(
            String task, String query, Supplier<List<Map<String, Object>>> given) {
        Map<String, Class<?>> types = mapping.parametersOfNamed(query);
        return () -> {
            List<SettingProblem> found = new ArrayList<>();
            TaskCheck check =
                    new TaskCheck(mapping, property -> "what the supplier of task '" + task + "' gives", found);
            List<Map<String, Object>> sets = new ArrayList<>();
            given.get().forEach(set -> sets.add(check.converted(set, types)));
            if (!found.isEmpty()) {
                throw new IllegalArgumentException(
                        found.stream().map(SettingProblem::toString).collect(Collectors.joining("; ")));
            }
            return sets;
        };
    }

    private void checkTriggers(WarmTask task) {
        boolean scheduled = !(task.schedule() instanceof Schedule.Never);
        if (task.triggers().contains(Trigger.SCHEDULE) && !scheduled) {
            problem(TaskProperty.ON, "has SCHEDULE, but there is no schedule", "give every or cron, for example 15m");
        }
        if (scheduled && !task.triggers().contains(Trigger.SCHEDULE)) {
            problem(
                    TaskProperty.ON,
                    "is without SCHEDULE, but there is a schedule",
                    "add SCHEDULE, or remove every and cron");
        }
        boolean cold = task.triggers().contains(Trigger.COLD);
        if (cold != task.hitRatioBelow() > 0) {
            problem(
                    TaskProperty.HIT_RATIO_BELOW,
                    "is " + task.hitRatioBelow()
                            + (cold ? ", but the task runs on COLD" : ", but the task does not run on COLD"),
                    "with COLD it must be above 0, for example 0.8, and 0 without");
        }
        if (task.triggers().contains(Trigger.CLEARED) && task.target() instanceof WarmTarget.Results) {
            problem(
                    TaskProperty.ON,
                    "has CLEARED, but a query's results become stale with every change of its tables",
                    "use START, SCHEDULE or COLD");
        }
    }

    // Entities

    private WarmTarget check(WarmTarget.Entities wanted) {
        EntityPersister entity = mapping.entity(wanted.entity());
        if (entity == null) {
            String name = wanted.entity().getName();
            problem(TaskProperty.ENTITY, "is '" + name + "', which is no entity", mapping.nearestEntity(name));
            return wanted;
        }
        if (mapping.hierarchy(wanted.entity()).stream().noneMatch(EntityPersister::canWriteToCache)) {
            problem(
                    TaskProperty.ENTITY,
                    "is '" + wanted.entity().getName() + "', which is not cached",
                    "annotate it with org.hibernate.annotations.Cache");
        }
        wanted.order().forEach(term -> checkOrder(entity, term));
        checkCollections(wanted);
        if (wanted.naturalIds()
                && mapping.hierarchy(wanted.entity()).stream().noneMatch(EntityPersister::hasNaturalIdCache)) {
            problem(
                    TaskProperty.NATURAL_IDS,
                    "is true, but " + entity.getEntityName() + " has no cached natural id",
                    "annotate it with org.hibernate.annotations.NaturalIdCache, or set it to false");
        }
        return new WarmTarget.Entities(
                wanted.entity(),
                wanted.restriction(),
                converted(entity, wanted),
                wanted.order(),
                wanted.limit(),
                wanted.collections(),
                wanted.naturalIds());
    }

    private void checkOrder(EntityPersister entity, String term) {
        Matcher matcher = ORDER.matcher(term.strip());
        if (!matcher.matches()) {
            problem(TaskProperty.ORDER_BY, "has '" + term + "'", "write an attribute, perhaps followed by asc or desc");
            return;
        }
        String path = matcher.group(1);
        String attribute = path.split("\\.", 2)[0];
        if (!Mapping.attributes(entity).contains(attribute)) {
            problem(
                    TaskProperty.ORDER_BY,
                    "has '" + term + "', but " + entity.getEntityName() + " has no attribute '" + attribute + "'",
                    Mapping.nearest(attribute, Mapping.attributes(entity), "it has none"));
            return;
        }
        parse(TaskProperty.ORDER_BY, "has '" + term + "'", from(entity) + " order by e." + term.strip());
    }

    private void checkCollections(WarmTarget.Entities wanted) {
        List<String> cached = mapping.cachedCollections(wanted.entity());
        for (String name : new TreeSet<>(wanted.collections())) {
            if (!cached.contains(name)) {
                problem(
                        TaskProperty.COLLECTIONS,
                        "has '" + name + "', which is no cached collection of "
                                + wanted.entity().getName(),
                        Mapping.nearest(name, cached, "it has none"));
            }
        }
    }

    private Map<String, Object> converted(EntityPersister entity, WarmTarget.Entities wanted) {
        String restriction = wanted.restriction();
        if (restriction == null) {
            return converted(wanted.parameters(), Map.of());
        }
        Map<String, Class<?>> types =
                parse(TaskProperty.WHERE, "is '" + restriction + "'", from(entity) + " where (" + restriction + ")");
        return types == null ? wanted.parameters() : converted(wanted.parameters(), types);
    }

    private static String from(EntityPersister entity) {
        return "select e from " + entity.getEntityName() + " e";
    }

    /* Null, and a problem, if it is no HQL. */
    private @Nullable Map<String, Class<?>> parse(TaskProperty property, String given, String hql) {
        try {
            return mapping.parametersOf(hql);
        } catch (RuntimeException e) {
            problem(property, given + ", which is no legal HQL", String.valueOf(e.getMessage()));
            return null;
        }
    }

    // Queries

    private WarmTarget check(WarmTarget.Results wanted) {
        if (!mapping.queryNames().contains(wanted.query())) {
            problem(
                    TaskProperty.QUERY,
                    "is '" + wanted.query() + "', which is no named query",
                    Mapping.nearest(wanted.query(), mapping.queryNames(), "there are none"));
            return wanted;
        }
        if (mapping.queryRegion(wanted.query()) == null) {
            problem(
                    TaskProperty.QUERY,
                    "is '" + wanted.query() + "', which is not cacheable",
                    "give it the hint org.hibernate.cacheable=true");
            return wanted;
        }
        Map<String, Class<?>> types = mapping.parametersOfNamed(wanted.query());
        List<Map<String, Object>> sets = new ArrayList<>();
        wanted.parameters().forEach(set -> sets.add(converted(set, types)));
        return new WarmTarget.Results(wanted.query(), List.copyOf(sets));
    }

    // Parameters

    private Map<String, Object> converted(Map<String, Object> values, Map<String, Class<?>> types) {
        Map<String, Object> converted = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            Class<?> type = types.get(name);
            if (type == null) {
                problem(
                        TaskProperty.PARAMETERS,
                        "has '" + name + "', which is no parameter",
                        Mapping.nearest(name, types.keySet(), "there are none"));
            } else {
                convert(name, value, type, converted);
            }
        });
        new TreeMap<>(types).forEach((name, type) -> {
            if (!values.containsKey(name)) {
                problem(
                        TaskProperty.PARAMETERS,
                        "has no value for '" + name + "'",
                        "add " + name + "=..., of type " + type.getSimpleName());
            }
        });
        return converted;
    }

    private void convert(String name, Object value, Class<?> type, Map<String, Object> converted) {
        try {
            converted.put(name, mapping.convert(value, type));
        } catch (RuntimeException e) {
            problem(
                    TaskProperty.PARAMETERS,
                    "has '" + value + "' for '" + name + "'",
                    "it must be a " + type.getSimpleName() + " (" + e.getMessage() + ")");
        }
    }

    private void problem(TaskProperty property, String description, String remedy) {
        problems.add(new SettingProblem(places.apply(property), description, remedy));
    }
}
