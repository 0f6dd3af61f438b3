/** What goes to Redis and how it comes back: the texts of keys, the bytes of entries, and the mapping's fingerprint. */
@NullMarked
package dev.hearth.encoding;

import org.jspecify.annotations.NullMarked;
