/** A shop catalogue that shows what Hearth does for an application. */
@NullMarked
package dev.hearth.sample;

import org.jspecify.annotations.NullMarked;
