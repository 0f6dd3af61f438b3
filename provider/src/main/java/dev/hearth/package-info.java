/** The entrance: the region factory that assembles Hearth, and the handle through which other modules reach its regions. */
@NullMarked
package dev.hearth;

import org.jspecify.annotations.NullMarked;
