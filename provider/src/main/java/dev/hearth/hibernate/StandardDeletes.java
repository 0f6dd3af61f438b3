package dev.hearth.hibernate;

import org.hibernate.event.internal.PostDeleteEventListenerStandardImpl;
import org.hibernate.event.service.spi.DuplicationStrategy;
import org.hibernate.event.service.spi.EventListenerGroup;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;

/** Hibernate's own listener to deletes, which tells {@link TableWrites} as well. */
final class StandardDeletes extends PostDeleteEventListenerStandardImpl {
    /* What is removed by reference is deleted without being loaded only while Hibernate's own listener is the only one:
     * any other may want to see the entity. Ours does not, so it passes for Hibernate's. */
    private static final long serialVersionUID = 1L;

    private final TableWrites writes;

    private StandardDeletes(TableWrites writes) {
        this.writes = writes;
    }

    /** Lets {@code writes} hear of deletes, without making Hibernate load what it deletes. */
    static void listen(EventListenerGroup<PostDeleteEventListener> group, TableWrites writes) {
        if (group.count() > 1) {
            // Others have made Hibernate load already, and ours is to come after theirs.
            group.appendListener(writes);
            return;
        }
        group.addDuplicationStrategy(new InPlaceOfHibernates());
        group.appendListener(new StandardDeletes(writes));
    }

    @Override
    public void onPostDelete(PostDeleteEvent event) {
        super.onPostDelete(event);
        writes.onPostDelete(event);
    }

    private static final class InPlaceOfHibernates implements DuplicationStrategy {
        @Override
        public boolean areMatch(Object listener, Object original) {
            return listener instanceof StandardDeletes
                    && original.getClass() == PostDeleteEventListenerStandardImpl.class;
        }

        @Override
        public Action getAction() {
            return Action.REPLACE_ORIGINAL;
        }
    }
}
