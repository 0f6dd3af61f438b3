package dev.hearth.test;

import org.hibernate.Version;

/** The release of Hibernate that tests run with, for what only some releases have. */
public final class HibernateRelease {
    private HibernateRelease() {}

    /** The release, such as {@code 7.4.5.Final}. */
    public static String name() {
        return Version.getVersionString();
    }

    /** Whether it is of this line or a later one; {@code isAtLeast(7, 3)} is true of 7.3.0 and of 8.0.0. */
    public static boolean isAtLeast(int major, int minor) {
        String[] parts = name().split("\\.");
        int actualMajor = Integer.parseInt(parts[0]);
        return actualMajor > major || actualMajor == major && Integer.parseInt(parts[1]) >= minor;
    }
}
