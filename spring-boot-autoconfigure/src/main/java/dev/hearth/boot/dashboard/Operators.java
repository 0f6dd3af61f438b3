package dev.hearth.boot.dashboard;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.SecurityContext;

/** Who may do more than read, as far as the page can tell: the application's own security has the last word. */
public final class Operators {
    private static final EndpointId CACHE = EndpointId.of("hearth");
    private static final EndpointId WARMING = EndpointId.of("hearthwarming");

    private final EndpointAccessResolver endpoints;
    private final String role;

    /** @param role without a prefix, as Spring Security's {@code hasRole} takes it */
    public Operators(EndpointAccessResolver endpoints, String role) {
        this.endpoints = endpoints;
        this.role = role;
    }

    /** Where nobody is signed in, as without Spring Security, whoever reaches the page is an operator. */
    DashboardAccess access(SecurityContext asking) {
        boolean operator = asking.getPrincipal() == null || asking.isUserInRole(role);
        return new DashboardAccess(operator && writes(CACHE), operator && writes(WARMING));
    }

    private boolean writes(EndpointId endpoint) {
        return endpoints.accessFor(endpoint, Access.READ_ONLY) == Access.UNRESTRICTED;
    }
}
