/** What the shop stands on: its servers, its first rows, its port. */
@NullMarked
package dev.hearth.sample.infra;

import org.jspecify.annotations.NullMarked;
