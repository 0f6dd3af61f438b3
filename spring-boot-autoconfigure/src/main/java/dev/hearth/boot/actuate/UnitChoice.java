package dev.hearth.boot.actuate;

import dev.hearth.boot.HearthUnit;
import dev.hearth.boot.HearthUnits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/** The session factories that a request is about. */
final class UnitChoice {
    private UnitChoice() {}

    /**
     * The one of this name, or all if it is null.
     *
     * @throws InvalidEndpointRequestException if there is none of this name
     */
    static List<HearthUnit> of(HearthUnits units, @Nullable String name) {
        List<HearthUnit> chosen = units.named(name);
        if (name != null && chosen.isEmpty()) {
            String reason = "There is no session factory of that name; there are "
                    + units.all().stream().map(HearthUnit::name).toList();
            throw new InvalidEndpointRequestException(reason, reason);
        }
        return chosen;
    }
}
