package dev.hearth.config;

/** What becomes of a transaction whose locks or announcements cannot be written to Redis. */
public enum OnUnavailable {
    /** It commits; the region goes into the node's debt, which is paid when Redis is back. */
    DEGRADE,
    /** It is rolled back. */
    FAIL
}
