package dev.hearth.histories;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What one read of one register saw.
 *
 * @param state the register's content, null if there was none
 * @param began {@link System#nanoTime()} before the read
 * @param ended {@link System#nanoTime()} after it
 * @param reader who read how, for reports
 */
record Read(String register, @Nullable String state, long began, long ended, String reader) implements Serializable {}
