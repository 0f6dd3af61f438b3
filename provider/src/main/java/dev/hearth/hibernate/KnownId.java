package dev.hearth.hibernate;

/**
 * What a key's text stands for.
 *
 * @param role of the entity's hierarchy, or the collection
 * @param ofEntity false for a collection
 */
public record KnownId(String role, boolean ofEntity, Object id) {}
