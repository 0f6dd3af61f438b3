/** The near tier: copies inside the process, the messages that invalidate them, and the lease under which they are served. */
@NullMarked
package dev.hearth.near;

import org.jspecify.annotations.NullMarked;
