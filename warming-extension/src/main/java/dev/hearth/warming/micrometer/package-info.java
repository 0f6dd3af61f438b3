/** Micrometer meters of warming. The only package of the module that needs Micrometer, which is optional. */
@NullMarked
package dev.hearth.warming.micrometer;

import org.jspecify.annotations.NullMarked;
