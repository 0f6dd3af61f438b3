/** Real servers, fault injection and fixtures for tests. */
@NullMarked
package dev.hearth.test;

import org.jspecify.annotations.NullMarked;
