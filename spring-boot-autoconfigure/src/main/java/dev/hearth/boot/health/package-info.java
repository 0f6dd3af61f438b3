/** How the cache does, as Spring Boot's health tells it. */
@NullMarked
package dev.hearth.boot.health;

import org.jspecify.annotations.NullMarked;
