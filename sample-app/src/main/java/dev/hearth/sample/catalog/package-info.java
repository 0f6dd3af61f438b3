/** Categories and products: looking them up and changing prices. */
@NullMarked
package dev.hearth.sample.catalog;

import org.jspecify.annotations.NullMarked;
