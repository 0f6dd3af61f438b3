package dev.hearth.boot.actuate;

import dev.hearth.boot.HearthUnit;
import dev.hearth.boot.HearthUnits;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Adds under {@code hearth} which nodes there are. */
public final class HearthInfoContributor implements InfoContributor {
    private final HearthUnits units;

    public HearthInfoContributor(HearthUnits units) {
        this.units = units;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> details = new LinkedHashMap<>();
        String version = HearthUnit.class.getPackage().getImplementationVersion();
        if (version != null) details.put("version", version);
        details.put(
                "units", units.all().stream().map(HearthInfoContributor::node).toList());
        builder.withDetail("hearth", details);
    }

    private static Map<String, Object> node(HearthUnit unit) {
        return Map.of(
                "unit", unit.name(),
                "node", unit.cache().node(),
                "keyspace", unit.cache().keyspace(),
                "regions", unit.cache().regionNames().size());
    }
}
