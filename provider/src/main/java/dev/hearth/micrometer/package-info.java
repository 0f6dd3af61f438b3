/** Micrometer meters of what is counted. The only package that needs Micrometer, which is optional. */
@NullMarked
package dev.hearth.micrometer;

import org.jspecify.annotations.NullMarked;
