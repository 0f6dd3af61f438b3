package dev.hearth.sample.catalog;

/** A category as clients see it. */
record CategoryView(long id, String name) {
    static CategoryView of(Category category) {
        return new CategoryView(category.getId(), category.getName());
    }
}
