/** Customers and what they ordered. */
@NullMarked
package dev.hearth.sample.orders;

import org.jspecify.annotations.NullMarked;
