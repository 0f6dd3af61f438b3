package dev.hearth.boot.actuate;

import dev.hearth.doctor.Finding;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What is worth mending.
 *
 * @param worst {@code error}, {@code warning} or {@code info}; null if nothing was found
 */
public record DoctorDescriptor(@Nullable String worst, List<UnitFindings> units) implements OperationResponseBody {
    /** What was found of one session factory, the worst first. */
    public record UnitFindings(String unit, List<FindingDescriptor> findings) {}

    /**
     * @param severity {@code error}, {@code warning} or {@code info}
     * @param code the kind of finding, which stays the same between versions
     */
    public record FindingDescriptor(String severity, String code, String subject, String reason, String remedy) {
        static FindingDescriptor of(Finding finding) {
            return new FindingDescriptor(
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.code(),
                    finding.subject(),
                    finding.reason(),
                    finding.remedy());
        }
    }
}
