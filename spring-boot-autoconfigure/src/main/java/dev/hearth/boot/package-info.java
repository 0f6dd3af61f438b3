/** Hearth in a Spring Boot application: auto-configuration, health, actuator endpoints and dashboard. */
@NullMarked
package dev.hearth.boot;

import org.jspecify.annotations.NullMarked;
