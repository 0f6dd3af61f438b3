package dev.hearth.boot.actuate;

import dev.hearth.boot.HearthUnit;
import dev.hearth.boot.HearthUnits;
import dev.hearth.boot.actuate.DoctorDescriptor.FindingDescriptor;
import dev.hearth.boot.actuate.DoctorDescriptor.UnitFindings;
import dev.hearth.doctor.Finding;
import dev.hearth.doctor.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Examines mapping, settings, figures and Redis. Each read asks every master once, and waits for that. */
@Endpoint(id = "hearthdoctor", defaultAccess = Access.READ_ONLY)
public final class HearthDoctorEndpoint {
    private final HearthUnits units;

    public HearthDoctorEndpoint(HearthUnits units) {
        this.units = units;
    }

    @ReadOperation
    public DoctorDescriptor findings(@Nullable String unit) {
        List<Severity> severities = new ArrayList<>();
        List<UnitFindings> found = new ArrayList<>();
        for (HearthUnit of : UnitChoice.of(units, unit)) {
            List<Finding> findings = of.cache().doctor().examine();
            findings.forEach(finding -> severities.add(finding.severity()));
            found.add(new UnitFindings(
                    of.name(), findings.stream().map(FindingDescriptor::of).toList()));
        }
        String worst = severities.stream()
                .max(Comparator.naturalOrder())
                .map(severity -> severity.name().toLowerCase(Locale.ROOT))
                .orElse(null);
        return new DoctorDescriptor(worst, found);
    }
}
