/** Looks for what keeps a cache from being safe or worth its while, and says what to do about it. */
@NullMarked
package dev.hearth.doctor;

import org.jspecify.annotations.NullMarked;
