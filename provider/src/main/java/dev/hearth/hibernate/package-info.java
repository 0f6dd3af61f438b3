/** What Hibernate sees: regions, access to them, the session's transaction context, and the hooks into its start. */
@NullMarked
package dev.hearth.hibernate;

import org.jspecify.annotations.NullMarked;
