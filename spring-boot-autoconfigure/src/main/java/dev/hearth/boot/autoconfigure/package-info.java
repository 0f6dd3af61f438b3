/** Spring Boot's auto-configuration of Hearth: properties, the Redis client, warming, endpoints, health and meters. */
@NullMarked
package dev.hearth.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
