package dev.hearth.boot.dashboard;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;

/**
 * A page that shows what the other endpoints say, and does what they may do. It is served among them, so that it has their port,
 * their path and their security; it loads nothing from elsewhere.
 */
@WebEndpoint(id = "hearthdashboard", defaultAccess = Access.READ_ONLY)
public final class HearthDashboardEndpoint {
    private static final MimeType SCRIPT = new MimeType("text", "javascript");
    private static final MimeType STYLE = new MimeType("text", "css");
    private static final MimeType JSON = new MimeType("application", "json");
    private static final String ACCESS = "access";

    private final Map<String, Asset> assets;
    private final Operators operators;

    public HearthDashboardEndpoint(Operators operators) {
        this.operators = operators;
        this.assets = Map.of(
                "dashboard.js", own("dashboard.js", SCRIPT),
                "api.js", own("api.js", SCRIPT),
                "charts.js", own("charts.js", SCRIPT),
                "format.js", own("format.js", SCRIPT),
                "dashboard.css", own("dashboard.css", STYLE),
                "chart.js", new Asset(ChartLibrary.find(), SCRIPT));
    }

    private record Asset(Resource content, MimeType type) {}

    private static Asset own(String name, MimeType type) {
        return new Asset(new ClassPathResource(name, HearthDashboardEndpoint.class), type);
    }

    /** The page. */
    @ReadOperation(produces = "text/html;charset=UTF-8")
    public Resource page() {
        return new ClassPathResource("index.html", HearthDashboardEndpoint.class);
    }

    /** What the page consists of, and {@code access}: what whoever asks may do. Null for anything else. */
    @ReadOperation
    public @Nullable WebEndpointResponse<?> part(@Selector String name, SecurityContext asking) {
        if (name.equals(ACCESS)) {
            return new WebEndpointResponse<>(operators.access(asking), WebEndpointResponse.STATUS_OK, JSON);
        }
        Asset asset = assets.get(name);
        return asset == null
                ? null
                : new WebEndpointResponse<>(asset.content, WebEndpointResponse.STATUS_OK, asset.type);
    }
}
