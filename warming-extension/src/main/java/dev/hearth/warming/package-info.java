/** Warming: what to load into the cache ahead of its use, when, and by which node. */
@NullMarked
package dev.hearth.warming;

import org.jspecify.annotations.NullMarked;
