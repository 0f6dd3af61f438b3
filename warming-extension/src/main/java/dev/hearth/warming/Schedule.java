package dev.hearth.warming;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;

/** When a task runs by itself. */
public sealed interface Schedule {
    /** When it runs after this moment; empty for never again. */
    Optional<ZonedDateTime> next(ZonedDateTime after);

    /** Never. */
    record Never() implements Schedule {
        @Override
        public Optional<ZonedDateTime> next(ZonedDateTime after) {
            return Optional.empty();
        }
    }

    /** So long after it last began. */
    record Every(Duration period) implements Schedule {
        public Every {
            if (period.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("A period must be at least 1 s, for example 15m, but was " + period);
            }
        }

        @Override
        public Optional<ZonedDateTime> next(ZonedDateTime after) {
            return Optional.of(after.plus(period));
        }
    }

    /** At the times of a cron expression, of five fields, or six with the seconds first. */
    record At(String cron) implements Schedule {
        /** @throws IllegalArgumentException if it is no cron expression; the message says why */
        public At {
            parse(cron);
        }

        @Override
        public Optional<ZonedDateTime> next(ZonedDateTime after) {
            return ExecutionTime.forCron(parse(cron)).nextExecution(after);
        }

        private static Cron parse(String text) {
            CronType type = text.strip().split("\\s+").length == 5 ? CronType.UNIX : CronType.SPRING53;
            return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(type)).parse(text);
        }
    }
}
