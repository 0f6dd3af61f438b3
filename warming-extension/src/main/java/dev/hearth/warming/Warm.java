package dev.hearth.warming;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has entities of this class and its subclasses loaded into the cache ahead of their use.
 *
 * <pre>{@code
 * @Warm(priority = Priority.CRITICAL, where = "e.active = true", orderBy = "sales desc", limit = 10_000, every = "15m")
 * }</pre>
 *
 * Each property can be overridden, as {@code hibernate.hearth.warming.task.<name>.<property>}, with hyphens for capitals:
 * {@code hibernate.hearth.warming.task.Product.order-by=name}. All of it is checked when warming starts.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Warm.List.class)
public @interface Warm {
    /** The task's name: 1 to 64 letters, digits, underscores or hyphens; by default the entity's. */
    String name() default "";

    Priority priority() default Priority.NORMAL;

    /** A condition in HQL over the alias {@code e}; by default all rows. */
    String where() default "";

    /** Values for the parameters of {@link #where}, as in a URL: {@code "since=2026-01-01&kind=BOOK"}. */
    String parameters() default "";

    /** Attributes, each perhaps followed by {@code desc}. */
    String[] orderBy() default {};

    /** How many rows at the most; 0 for all. */
    int limit() default 0;

    /** Cached collections of the entity to fill along with it. */
    String[] collections() default {};

    /** Whether cached natural ids are filled, too. */
    boolean naturalIds() default false;

    /** The time from one run to the next, such as {@code 15m}. */
    String every() default "";

    /** A cron expression, of five fields, or six with the seconds first; in the time zone of the node. */
    String cron() default "";

    /** By default when the node starts and, where {@link #every} or {@link #cron} is given, on schedule. */
    Trigger[] on() default {};

    /** The hit ratio, from 0 to 1, below which the region counts as {@link Trigger#COLD}; 0 for never. */
    double hitRatioBelow() default 0;

    /** Several on one class. */
    @Documented
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface List {
        Warm[] value();
    }
}
