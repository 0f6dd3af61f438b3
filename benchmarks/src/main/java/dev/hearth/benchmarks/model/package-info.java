/** The entities of the application that the side-by-side runner measures. */
@NullMarked
package dev.hearth.benchmarks.model;

import org.jspecify.annotations.NullMarked;
