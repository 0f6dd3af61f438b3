/** The remote tier: what lies in Redis, the scripts that change it, and what happens when Redis is away. */
@NullMarked
package dev.hearth.store;

import org.jspecify.annotations.NullMarked;
