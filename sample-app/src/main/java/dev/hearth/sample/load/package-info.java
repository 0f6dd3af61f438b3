/** Customers who are not there, for those who want to see the shop at work. */
@NullMarked
package dev.hearth.sample.load;

import org.jspecify.annotations.NullMarked;
