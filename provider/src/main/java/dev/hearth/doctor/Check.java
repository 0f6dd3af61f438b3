package dev.hearth.doctor;

import dev.hearth.hibernate.HibernateNode;
import java.util.stream.Stream;

/** Looks for one kind of findings. */
@FunctionalInterface
interface Check {
    /** From how many look-ups on figures mean something. */
    long ENOUGH = 1_000;

    Stream<Finding> examine(HibernateNode node);
}
