/** A small shop, mapped with every cache strategy, for tests that need entities. */
@NullMarked
package dev.hearth.test.shop;

import org.jspecify.annotations.NullMarked;
