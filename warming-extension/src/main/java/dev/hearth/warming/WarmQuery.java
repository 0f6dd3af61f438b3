package dev.hearth.warming;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import java.util.function.Supplier;

/** Has results of a cacheable named query loaded into the cache ahead of their use; on an entity, or the package of one. */
@Documented
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(WarmQuery.List.class)
public @interface WarmQuery {
    /** The name of the query. */
    String value();

    /** The task's name, as in {@link Warm#name}; by default the query's, with hyphens for all that a name must not hold. */
    String name() default "";

    Priority priority() default Priority.NORMAL;

    /** For each result the values of its parameters, as in a URL: {@code {"kind=BOOK&limit=10", "kind=TOY&limit=10"}}. */
    String[] parameters() default {};

    /** Gives the parameters instead, anew for each run; has a constructor without arguments. */
    Class<? extends Supplier<java.util.List<Map<String, Object>>>> supplier() default None.class;

    /** The time from one run to the next, such as {@code 15m}. */
    String every() default "";

    /** A cron expression, as in {@link Warm#cron}. */
    String cron() default "";

    /** As in {@link Warm#on}, without {@link Trigger#CLEARED}. */
    Trigger[] on() default {};

    /** As in {@link Warm#hitRatioBelow}. */
    double hitRatioBelow() default 0;

    /** Stands for no supplier. */
    final class None implements Supplier<java.util.List<Map<String, Object>>> {
        private None() {}

        @Override
        public java.util.List<Map<String, Object>> get() {
            return java.util.List.of();
        }
    }

    /** Several in one place. */
    @Documented
    @Target({ElementType.TYPE, ElementType.PACKAGE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface List {
        WarmQuery[] value();
    }
}
