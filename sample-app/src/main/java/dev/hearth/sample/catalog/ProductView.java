package dev.hearth.sample.catalog;

import java.math.BigDecimal;

/** A product as clients see it. It names its category by id only, so that reading it needs one entity. */
record ProductView(long id, String sku, String name, BigDecimal price, int stock, long category) {
    static ProductView of(Product product) {
        return new ProductView(
                product.getId(),
                product.getSku(),
                product.getName(),
                product.getPrice(),
                product.getStock(),
                product.getCategory().getId());
    }
}
