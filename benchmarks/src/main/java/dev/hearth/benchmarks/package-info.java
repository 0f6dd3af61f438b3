/** What Hearth costs and saves, measured against no cache at all and against its alternatives. */
@NullMarked
package dev.hearth.benchmarks;

import org.jspecify.annotations.NullMarked;
