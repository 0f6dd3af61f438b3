/** MBeans that show what is counted, and let an operator evict: ours, and those that JCache tools know. */
@NullMarked
package dev.hearth.jmx;

import org.jspecify.annotations.NullMarked;
