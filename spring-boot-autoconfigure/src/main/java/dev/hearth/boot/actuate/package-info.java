/** Actuator endpoints, and the records that they answer with: docs/admin-api.md describes each. */
@NullMarked
package dev.hearth.boot.actuate;

import org.jspecify.annotations.NullMarked;
