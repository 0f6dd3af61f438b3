package dev.hearth.boot;

import dev.hearth.HearthRegionFactory;
import org.hibernate.SessionFactory;

/**
 * A session factory whose second-level cache is Hearth.
 *
 * @param name of its bean, without a trailing {@code EntityManagerFactory} where there is more
 * @param cache the node behind it
 */
public record HearthUnit(String name, SessionFactory sessionFactory, HearthRegionFactory cache) {}
