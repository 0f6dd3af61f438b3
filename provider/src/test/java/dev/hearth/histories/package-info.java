/** Random histories on several nodes, and the checker that finds reads which no right cache could have answered. */
@NullMarked
package dev.hearth.histories;

import org.jspecify.annotations.NullMarked;
