package dev.hearth.hibernate;

import org.hibernate.engine.spi.SessionFactoryImplementor;

/** What a region factory of ours does with the session factory that it serves. */
public interface FactoryHooks {
    /** The node that the factory has started. */
    HibernateNode hibernate();

    /** The session factory is complete but for its announcement: now persisters can be asked. */
    void sessionFactoryCreated(SessionFactoryImplementor sessionFactory);
}
