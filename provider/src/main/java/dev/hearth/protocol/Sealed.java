package dev.hearth.protocol;

/**
 * A value in both its forms.
 *
 * @param value as Hibernate takes it, and as it is kept near; nobody changes it any more
 * @param body as it lies in Redis
 */
public record Sealed(Object value, byte[] body) {}
