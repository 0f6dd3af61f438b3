package dev.hearth.warming;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One task of warming: what it loads, how soon, and when. Whether the mapping has what it names is checked when warming
 * starts.
 *
 * @param name 1 to 64 letters, digits, underscores or hyphens
 * @param supplied gives, anew for each run, the parameter sets of a {@link WarmTarget.Results}; null if the target has them
 * @param hitRatioBelow the hit ratio, from 0 to 1, below which the region counts as {@link Trigger#COLD}
 */
public record WarmTask(
        String name,
        Priority priority,
        WarmTarget target,
        @Nullable Supplier<List<Map<String, Object>>> supplied,
        Schedule schedule,
        Set<Trigger> triggers,
        double hitRatioBelow) {
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    static final String NAME_RULE = "1 to 64 letters, digits, underscores or hyphens";

    public WarmTask {
        require(NAME.matcher(name).matches(), "name must be " + NAME_RULE + ", for example products", name);
        require(hitRatioBelow >= 0 && hitRatioBelow <= 1, "hit-ratio-below must be from 0 to 1", hitRatioBelow);
        triggers = Set.copyOf(triggers);
    }

    private static void require(boolean condition, String rule, Object given) {
        if (!condition) throw new IllegalArgumentException("A task's " + rule + ", but was '" + given + "'");
    }

    /** Begins a task that loads entities of a class and its subclasses. */
    public static Builder entities(String name, Class<?> entity) {
        return new Builder(name, entity, null);
    }

    /** Begins a task that loads results of a cacheable named query. */
    public static Builder results(String name, String query) {
        return new Builder(name, null, query);
    }

    /** The same task with another target. */
    WarmTask withTarget(WarmTarget other) {
        return new WarmTask(name, priority, other, supplied, schedule, triggers, hitRatioBelow);
    }

    /** The same task with another source of parameters. */
    WarmTask withSupplied(Supplier<List<Map<String, Object>>> other) {
        return new WarmTask(name, priority, target, other, schedule, triggers, hitRatioBelow);
    }

    /**
     * What to load in a run that begins now.
     *
     * @throws IllegalArgumentException if what the supplier gives does not fit the query
     */
    WarmTarget currentTarget() {
        return supplied != null && target instanceof WarmTarget.Results results
                ? new WarmTarget.Results(results.query(), List.copyOf(supplied.get()))
                : target;
    }

    /** What a task is made of. */
    public static final class Builder {
        private final String name;
        private final @Nullable Class<?> entity;
        private final @Nullable String query;
        private Priority priority = Priority.NORMAL;
        private @Nullable String where;
        private Map<String, Object> parameters = Map.of();
        private List<Map<String, Object>> parameterSets = List.of(Map.of());
        private @Nullable Supplier<List<Map<String, Object>>> supplied;
        private List<String> order = List.of();
        private long limit;
        private Set<String> collections = Set.of();
        private boolean naturalIds;
        private Schedule schedule = new Schedule.Never();
        private @Nullable Set<Trigger> triggers;
        private double hitRatioBelow;

        private Builder(String name, @Nullable Class<?> entity, @Nullable String query) {
            this.name = name;
            this.entity = entity;
            this.query = query;
        }

        public Builder priority(Priority value) {
            priority = value;
            return this;
        }

        /** A condition in HQL over the alias {@code e}, and values for its parameters. */
        public Builder where(String condition, Map<String, Object> values) {
            where = condition.isBlank() ? null : condition;
            parameters = Map.copyOf(values);
            return this;
        }

        public Builder where(String condition) {
            return where(condition, Map.of());
        }

        /** For each result of the query the values of its parameters; text is converted to the parameter's type. */
        public Builder parameters(List<Map<String, Object>> sets) {
            parameterSets = List.copyOf(sets);
            return this;
        }

        /** As {@link #parameters}, asked for at each run. */
        public Builder parameters(Supplier<List<Map<String, Object>>> supplier) {
            supplied = supplier;
            return this;
        }

        /** Attributes, each perhaps followed by {@code desc}. */
        public Builder orderBy(String... attributes) {
            order = List.of(attributes);
            return this;
        }

        /** How many rows at the most; 0 for all. */
        public Builder limit(long rows) {
            require(rows >= 0, "limit must not be negative", rows);
            limit = rows;
            return this;
        }

        public Builder collections(String... names) {
            collections = new LinkedHashSet<>(Arrays.asList(names));
            return this;
        }

        public Builder naturalIds(boolean filled) {
            naturalIds = filled;
            return this;
        }

        public Builder schedule(Schedule times) {
            schedule = times;
            return this;
        }

        /** By default {@link Trigger#START} and, where there is a schedule, {@link Trigger#SCHEDULE}. */
        public Builder on(Set<Trigger> given) {
            triggers = given;
            return this;
        }

        public Builder hitRatioBelow(double ratio) {
            hitRatioBelow = ratio;
            return this;
        }

        public WarmTask build() {
            return new WarmTask(
                    name, priority, target(), supplied, schedule, triggers == null ? usual() : triggers, hitRatioBelow);
        }

        private Set<Trigger> usual() {
            return schedule instanceof Schedule.Never
                    ? EnumSet.of(Trigger.START)
                    : EnumSet.of(Trigger.START, Trigger.SCHEDULE);
        }

        private WarmTarget target() {
            if (entity != null) {
                return new WarmTarget.Entities(entity, where, parameters, order, limit, collections, naturalIds);
            }
            if (query == null) throw new IllegalStateException("A task needs an entity or a query");
            return new WarmTarget.Results(query, supplied == null ? parameterSets : List.of());
        }
    }
}
