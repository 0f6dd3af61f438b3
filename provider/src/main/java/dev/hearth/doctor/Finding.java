package dev.hearth.doctor;

/**
 * What is wrong, and what to do about it.
 *
 * @param code the kind of finding, in lower case with hyphens; stays the same between versions
 * @param subject what it is about: a region, an entity, a query without its parameters, a server, a place in the code
 * @param reason what was seen, and why it matters
 * @param remedy what to change
 */
public record Finding(Severity severity, String code, String subject, String reason, String remedy) {}
