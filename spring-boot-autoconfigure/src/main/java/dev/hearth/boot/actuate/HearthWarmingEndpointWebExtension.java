package dev.hearth.boot.actuate;

import dev.hearth.warming.Priority;
import dev.hearth.warming.TaskOrder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** Tells by the status whether an order has reached Redis: 200 if it has, 503 if that is not known of all tasks. */
@EndpointWebExtension(endpoint = HearthWarmingEndpoint.class)
public final class HearthWarmingEndpointWebExtension {
    private final HearthWarmingEndpoint endpoint;

    public HearthWarmingEndpointWebExtension(HearthWarmingEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** As {@link HearthWarmingEndpoint#act}. */
    @WriteOperation
    public WebEndpointResponse<WarmingActionDescriptor> act(
            TaskOrder action,
            @Nullable String task,
            @Nullable String region,
            @Nullable Priority priority,
            @Nullable String unit) {
        WarmingActionDescriptor done = endpoint.act(action, task, region, priority, unit);
        return new WebEndpointResponse<>(
                done, done.isTold() ? WebEndpointResponse.STATUS_OK : WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
    }
}
