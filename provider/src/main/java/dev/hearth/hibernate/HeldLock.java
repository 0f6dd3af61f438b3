package dev.hearth.hibernate;

import dev.hearth.protocol.Hold;
import dev.hearth.protocol.RegionHold;
import org.hibernate.cache.spi.access.SoftLock;

/** What Hibernate keeps of a lock until it unlocks it. */
sealed interface HeldLock extends SoftLock {
    record OfEntry(Hold hold) implements HeldLock {}

    record OfRegion(RegionHold hold) implements HeldLock {}
}
