package dev.hearth.warming;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.UUID;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NamedQuery;

/** An entity with an id that has no arithmetic, a version, and an embedded value; tells when one of its rows was read. */
@Entity(name = "Gauge")
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NamedQuery(
        name = "Gauge.above",
        query = "select g.unit from Gauge g where g.range.low >= :low order by g.unit",
        cacheable = true)
@NamedQuery(name = "Gauge.units", query = "select distinct g.unit from Gauge g order by g.unit", cacheable = true)
@NamedQuery(name = "Gauge.uncached", query = "select g.unit from Gauge g")
class Gauge {
    /** Runs once, when a row has come from the database and before it is put into the cache. */
    static volatile Runnable whenRead = () -> {};

    @Embeddable
    record Range(int low, int high) {}

    /** Passes text through. */
    static final class Telling implements AttributeConverter<String, String> {
        @Override
        public String convertToDatabaseColumn(String attribute) {
            return attribute;
        }

        @Override
        public String convertToEntityAttribute(String column) {
            Runnable once = whenRead;
            whenRead = () -> {};
            once.run();
            return column;
        }
    }

    @Id
    UUID id;

    @Version
    long version;

    String unit;

    @Convert(converter = Telling.class)
    String place = "roof";

    @Embedded
    Range range;

    protected Gauge() {}

    Gauge(UUID id, String unit, Range range) {
        this.id = id;
        this.unit = unit;
        this.range = range;
    }
}
