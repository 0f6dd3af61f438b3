/** One page among the endpoints, for whoever looks after the cache. */
@NullMarked
package dev.hearth.boot.dashboard;

import org.jspecify.annotations.NullMarked;
