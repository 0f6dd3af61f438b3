/** The session factories of a Spring application that are cached by Hearth, and their warming: what the rest builds on. */
@NullMarked
package dev.hearth.boot;

import org.jspecify.annotations.NullMarked;
