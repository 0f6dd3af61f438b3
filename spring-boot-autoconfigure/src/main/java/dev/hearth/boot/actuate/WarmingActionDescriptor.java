package dev.hearth.boot.actuate;

import java.util.Locale;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/** How many tasks were changed by what was asked for; 0 if all were so already. */
public record WarmingActionDescriptor(String action, int affected) implements OperationResponseBody {
    static WarmingActionDescriptor of(HearthWarmingEndpoint.Action action, int affected) {
        return new WarmingActionDescriptor(action.name().toLowerCase(Locale.ROOT), affected);
    }
}
