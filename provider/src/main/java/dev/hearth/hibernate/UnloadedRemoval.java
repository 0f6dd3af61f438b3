package dev.hearth.hibernate;

import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;

/** A session was asked to remove rows of an entity that it has not loaded: they go at its next flush. */
record UnloadedRemoval(EventSource session, EntityPersister persister) {
    /** Whether rows may yet go: the session has deletes queued, these or others. */
    boolean isPending() {
        return !session.isClosed() && session.getActionQueue().numberOfDeletions() > 0;
    }

    void write() {
        TableWrites.written(session, persister);
    }
}
