package dev.hearth.boot.actuate;

import dev.hearth.audit.AuditFigures;
import dev.hearth.boot.HearthUnit;
import dev.hearth.boot.HearthUnits;
import dev.hearth.config.SettingTypes;
import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.statistics.RegionStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** What the cache does, region by region, and evictions by hand. Reading calls nobody; evicting waits for Redis. */
@Endpoint(id = "hearth", defaultAccess = Access.READ_ONLY)
public final class HearthEndpoint {
    private final HearthUnits units;
    private final boolean showKeys;

    /** @param showKeys whether ids of entries may be shown */
    public HearthEndpoint(HearthUnits units, boolean showKeys) {
        this.units = units;
        this.showKeys = showKeys;
    }

    /** The session factories with their regions. */
    @ReadOperation
    public HearthDescriptor overview(@Nullable String unit) {
        return new HearthDescriptor(
                UnitChoice.of(units, unit).stream().map(UnitDescriptor::of).toList());
    }

    /** One region; of the first session factory that has it, if none is named. Null if there is no such region. */
    @ReadOperation
    public @Nullable RegionDetailsDescriptor region(@Selector String region, @Nullable String unit) {
        for (HearthUnit of : UnitChoice.of(units, unit)) {
            RegionStatistics counted = of.cache().statistics(region).orElse(null);
            if (counted != null) return details(of, region, counted);
        }
        return null;
    }

    private static RegionDetailsDescriptor details(HearthUnit unit, String region, RegionStatistics counted) {
        AuditFigures audit = unit.cache().audits().get(region);
        return new RegionDetailsDescriptor(
                unit.name(),
                RegionDescriptor.of(
                        unit, region, counted, unit.cache().benefits().get(region)),
                byName(MissReason.values(), counted::total),
                byName(PutRefusal.values(), counted::total),
                byName(RegionEvent.values(), counted::total),
                audit == null
                        ? null
                        : new RegionDetailsDescriptor.Audit(audit.audited(), audit.stale(), audit.undecided()));
    }

    private static <E extends Enum<E>> Map<String, Long> byName(E[] constants, ToLongFunction<E> total) {
        Map<String, Long> byName = new LinkedHashMap<>();
        for (E constant : constants) {
            byName.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), total.applyAsLong(constant));
        }
        return byName;
    }

    /** Evicts everything of a session factory, or of all. */
    @DeleteOperation
    public EvictionDescriptor evictAll(@Nullable String unit) {
        List<HearthUnit> all = UnitChoice.of(units, unit);
        TreeSet<String> regions = new TreeSet<>();
        for (HearthUnit of : all) {
            of.sessionFactory().getCache().evictAllRegions();
            regions.addAll(of.cache().regionNames());
        }
        return new EvictionDescriptor(names(all), List.copyOf(regions), null, List.of());
    }

    /** Evicts a region. */
    @DeleteOperation
    public EvictionDescriptor evictRegion(@Selector String region, @Nullable String unit) {
        List<HearthUnit> evicted = with(region, unit);
        evicted.forEach(of -> of.cache().evictRegion(region));
        return new EvictionDescriptor(names(evicted), List.of(region), null, List.of());
    }

    /** Evicts the entity, and the collections, that have an id in a region. */
    @DeleteOperation
    public EvictionDescriptor evictEntry(@Selector String region, @Selector String id, @Nullable String unit) {
        List<HearthUnit> evicted = with(region, unit);
        for (HearthUnit of : evicted) {
            try {
                of.cache().evictEntry(region, id);
            } catch (IllegalArgumentException e) {
                // Its message has the id.
                throw new InvalidEndpointRequestException(
                        "Region '" + region + "' has no entries with such an id",
                        "The region holds no entities or collections whose id can be written so; evict the region instead");
            }
        }
        return new EvictionDescriptor(names(evicted), List.of(region), showKeys ? id : null, List.of());
    }

    /** Makes all that was read from these tables a miss, after a change past Hibernate. */
    @WriteOperation
    public EvictionDescriptor invalidateTables(List<String> tables, @Nullable String unit) {
        List<String> named = tables.stream()
                .map(String::strip)
                .filter(table -> !table.isEmpty())
                .toList();
        if (named.isEmpty()) {
            throw new InvalidEndpointRequestException("No tables are named", "'tables' must name at least one table");
        }
        List<HearthUnit> meant = UnitChoice.of(units, unit);
        Consumer<HearthUnit> invalidate = of -> of.cache().invalidateTables(named);
        meant.forEach(invalidate);
        return new EvictionDescriptor(names(meant), List.of(), null, named);
    }

    private List<HearthUnit> with(String region, @Nullable String unit) {
        List<HearthUnit> having = UnitChoice.of(units, unit).stream()
                .filter(of -> of.cache().regionNames().contains(region))
                .toList();
        if (having.isEmpty()) throw unknown(region);
        return having;
    }

    private InvalidEndpointRequestException unknown(String region) {
        List<String> known = new ArrayList<>();
        units.all().forEach(unit -> known.addAll(unit.cache().regionNames()));
        String reason = "There is no region of that name"
                + SettingTypes.nearest(region, known)
                        .map(nearest -> "; the nearest is '" + nearest + "'")
                        .orElse("");
        return new InvalidEndpointRequestException(reason, reason);
    }

    private static List<String> names(List<HearthUnit> units) {
        return units.stream().map(HearthUnit::name).toList();
    }
}
