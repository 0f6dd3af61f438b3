package dev.hearth.warming;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be said of a task, in an annotation or in settings. */
enum TaskProperty {
    ENABLED,
    PRIORITY,
    EVERY,
    CRON,
    ON,
    HIT_RATIO_BELOW,
    PARAMETERS,
    ENTITY,
    WHERE,
    ORDER_BY,
    LIMIT,
    COLLECTIONS,
    NATURAL_IDS,
    QUERY,
    SUPPLIER;

    /** Those that say nothing of a query's results. */
    static final Set<TaskProperty> OF_ENTITIES = EnumSet.of(ENTITY, WHERE, ORDER_BY, LIMIT, COLLECTIONS, NATURAL_IDS);

    /** Those that say nothing of entities. */
    static final Set<TaskProperty> OF_QUERIES = EnumSet.of(QUERY, SUPPLIER);

    /** The name in settings. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<TaskProperty> of(String key) {
        return Arrays.stream(values())
                .filter(property -> property.key().equals(key))
                .findFirst();
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(TaskProperty::key).toList();
    }
}
