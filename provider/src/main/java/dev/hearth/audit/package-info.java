/** Compares what the cache serves with the database, and so measures what is promised. */
@NullMarked
package dev.hearth.audit;

import org.jspecify.annotations.NullMarked;
