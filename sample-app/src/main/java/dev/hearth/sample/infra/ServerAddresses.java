package dev.hearth.sample.infra;

/**
 * Where the shop's servers listen.
 *
 * @param postgresUrl a JDBC URL, user and password included where they are needed
 * @param redisUrl {@code redis://} or {@code rediss://}, user and password included where they are needed
 */
record ServerAddresses(String postgresUrl, String redisUrl) {}
