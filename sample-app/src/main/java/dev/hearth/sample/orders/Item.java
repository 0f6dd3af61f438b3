package dev.hearth.sample.orders;

/** A wish to buy so many pieces of a product. */
record Item(long product, int quantity) {}
