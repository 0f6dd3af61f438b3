package dev.hearth.near;

import dev.hearth.store.Found;

/**
 * What was read of an entry in Redis.
 *
 * @param ticket with which it may be kept, taken before it was read
 */
public record Reading(Found found, long ticket) {}
