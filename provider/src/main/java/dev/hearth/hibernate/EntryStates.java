package dev.hearth.hibernate;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.cache.spi.entry.CacheEntry;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.property.access.internal.PropertyAccessStrategyBackRefImpl;
import org.jspecify.annotations.Nullable;

/** Compares the states that entries of one entity hold. */
final class EntryStates {
    /* What a transaction commits is published as it stands in memory, which the database may keep coarser: a time without
     * its nanoseconds, a number rounded to its column's scale, a text filled up with blanks. None of that is a change. */
    private static final Duration COARSEST = Duration.ofSeconds(1);
    private static final double PRECISION = 1e-6;

    private EntryStates() {}

    /** Whether both are entries, in any of the forms that entries have, of the same state. */
    static boolean same(
            EntityPersister root, SessionFactoryImplementor factory, @Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return one == other;
        }
        CacheEntry a = plain(root, factory, one);
        CacheEntry b = plain(root, factory, other);
        if (a.isReferenceEntry() || b.isReferenceEntry()) {
            // Of immutable entities, and for this node alone.
            return true;
        }
        return Objects.equals(a.getSubclass(), b.getSubclass())
                && Objects.equals(a.getVersion(), b.getVersion())
                && same(
                        factory.getMappingMetamodel().getEntityDescriptor(a.getSubclass()),
                        a.getDisassembledState(),
                        b.getDisassembledState());
    }

    private static CacheEntry plain(EntityPersister root, SessionFactoryImplementor factory, Object entry) {
        return entry instanceof Map<?, ?>
                ? (CacheEntry) root.getCacheEntryStructure().destructure(entry, factory)
                : (CacheEntry) entry;
    }

    private static boolean same(EntityPersister persister, Serializable[] a, Serializable[] b) {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (!isComputed(persister.getAttributeMapping(i)) && !same(a[i], b[i])) {
                return false;
            }
        }
        return true;
    }

    /** What the database computes may be another with every read, and nobody tells the cache of it. */
    private static boolean isComputed(AttributeMapping attribute) {
        return attribute instanceof SelectableMapping column && column.isFormula();
    }

    static boolean same(@Nullable Object a, @Nullable Object b) {
        if (isUnknown(a) || isUnknown(b) || Objects.deepEquals(a, b)) {
            return true;
        }
        if (a instanceof Object[] as && b instanceof Object[] bs) {
            boolean same = as.length == bs.length;
            for (int i = 0; same && i < as.length; i++) {
                same = same(as[i], bs[i]);
            }
            return same;
        }
        return a != null && b != null && sameButForPrecision(a, b);
    }

    private static boolean isUnknown(@Nullable Object value) {
        return value == LazyPropertyInitializer.UNFETCHED_PROPERTY
                || value == PropertyAccessStrategyBackRefImpl.UNKNOWN;
    }

    private static boolean sameButForPrecision(Object a, Object b) {
        Instant instant = instant(a);
        Instant other = instant(b);
        if (instant != null && other != null) {
            return Duration.between(instant, other).abs().compareTo(COARSEST) < 0;
        }
        if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            int scale = Math.min(x.scale(), y.scale());
            return x.setScale(scale, RoundingMode.HALF_UP).compareTo(y.setScale(scale, RoundingMode.HALF_UP)) == 0;
        }
        if ((a instanceof Double || a instanceof Float) && b instanceof Number number) {
            double x = ((Number) a).doubleValue();
            return Math.abs(x - number.doubleValue()) <= Math.abs(x) * PRECISION;
        }
        return a instanceof String x
                && b instanceof String y
                && x.stripTrailing().equals(y.stripTrailing());
    }

    /** A time as one of the time line; null for what is none. */
    private static @Nullable Instant instant(Object value) {
        if (value instanceof Instant instant) {
            return instant;
        } else if (value instanceof Date date) {
            return Instant.ofEpochMilli(date.getTime());
        } else if (value instanceof LocalDateTime local) {
            return local.toInstant(ZoneOffset.UTC);
        } else if (value instanceof LocalTime time) {
            return Instant.EPOCH.plusNanos(time.toNanoOfDay());
        } else if (value instanceof OffsetDateTime offset) {
            return offset.toInstant();
        }
        return value instanceof ZonedDateTime zoned ? zoned.toInstant() : null;
    }
}
