/** A session's part in the entry protocol: its stamp, its locks, what it may read and publish (DESIGN sections 4 to 6). */
@NullMarked
package dev.hearth.protocol;

import org.jspecify.annotations.NullMarked;
