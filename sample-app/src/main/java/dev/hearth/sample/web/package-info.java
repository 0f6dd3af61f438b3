/** What all answers of the shop have in common: their cost in headers, their problems, the page that says what to try. */
@NullMarked
package dev.hearth.sample.web;

import org.jspecify.annotations.NullMarked;
