/** The settings: their names, defaults and ranges in one table, the validated records made of them, and the reader. */
@NullMarked
package dev.hearth.config;

import org.jspecify.annotations.NullMarked;
