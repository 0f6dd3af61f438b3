/** Counters of what the regions do, cheap to move and to read. */
@NullMarked
package dev.hearth.statistics;

import org.jspecify.annotations.NullMarked;
