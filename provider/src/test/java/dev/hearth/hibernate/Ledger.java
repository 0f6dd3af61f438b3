package dev.hearth.hibernate;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.ColumnResult;
import jakarta.persistence.ConstructorResult;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.SqlResultSetMapping;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.ParamDef;

/** An entity with values of many kinds, for what queries select of it. */
final class Ledger {
    private Ledger() {}

    enum Colour {
        RED,
        GREEN
    }

    /** A value that a converter maps to a text. */
    record Code(String text) implements Serializable {}

    /** What queries make of the columns that they select. */
    record Summary(String name, BigDecimal amount) {}

    static final class CodeConverter implements AttributeConverter<Code, String> {
        @Override
        public String convertToDatabaseColumn(Code code) {
            return code == null ? null : code.text();
        }

        @Override
        public Code convertToEntityAttribute(String text) {
            return text == null ? null : new Code(text);
        }
    }

    @Embeddable
    static class Place {
        String street;
        int number;

        protected Place() {}

        Place(String street, int number) {
            this.street = street;
            this.number = number;
        }

        @Override
        public String toString() {
            return street + " " + number;
        }
    }

    @Entity(name = "Line")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    @FilterDef(name = "above", parameters = @ParamDef(name = "amount", type = BigDecimal.class))
    @Filter(name = "above", condition = "amount > :amount")
    @SqlResultSetMapping(
            name = "summary",
            classes =
                    @ConstructorResult(
                            targetClass = Summary.class,
                            columns = {
                                @ColumnResult(name = "name", type = String.class),
                                @ColumnResult(name = "amount", type = BigDecimal.class)
                            }))
    static class Line {
        @Id
        Long id;

        String name;
        BigDecimal amount = new BigDecimal("12.50");

        @Enumerated(EnumType.STRING)
        Colour colour = Colour.GREEN;

        @Enumerated(EnumType.ORDINAL)
        Colour ordinal = Colour.GREEN;

        @Convert(converter = CodeConverter.class)
        Code code = new Code("A1");

        @Embedded
        Place place = new Place("High Street", 7);

        UUID uuid = new UUID(1, 2);
        LocalDate day = LocalDate.of(2024, 2, 29);
        Instant instant = Instant.parse("2024-02-29T12:34:56.789Z");
        OffsetDateTime offsetTime = OffsetDateTime.parse("2024-02-29T12:34:56Z");
        Duration duration = Duration.ofMinutes(90);
        byte[] bytes = {1, 2, 3};
        Boolean nothing;

        protected Line() {}

        Line(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }
}
