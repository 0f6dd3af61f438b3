package dev.hearth.sample.catalog;

import dev.hearth.sample.web.Problems;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CatalogController {
    private static final int SEARCH_LIMIT = 20;
    private static final BigDecimal HIGHEST_PRICE = new BigDecimal("99999.99");
    private static final BigDecimal LARGEST_PERCENTAGE = new BigDecimal(50);

    private final Catalog catalog;

    CatalogController(Catalog catalog) {
        this.catalog = catalog;
    }

    @GetMapping("/products/{id}")
    ProductView product(@PathVariable long id) {
        return catalog.product(id);
    }

    @GetMapping("/products/sku/{sku}")
    ProductView productBySku(@PathVariable String sku) {
        return catalog.productBySku(sku);
    }

    @GetMapping("/products")
    List<ProductView> search(@RequestParam String name) {
        return catalog.search(name, SEARCH_LIMIT);
    }

    @GetMapping("/categories")
    List<CategoryView> categories() {
        return catalog.categories();
    }

    @GetMapping("/categories/{id}/products")
    List<ProductView> productsOf(@PathVariable long id) {
        return catalog.productsOf(id);
    }

    @PutMapping("/products/{id}/price")
    ProductView changePrice(@PathVariable long id, @RequestParam BigDecimal value) {
        if (value.signum() < 0 || value.compareTo(HIGHEST_PRICE) > 0) {
            throw Problems.badRequest("value must be 0 to " + HIGHEST_PRICE + ", but was " + value);
        }
        return catalog.changePrice(id, value);
    }

    @PostMapping("/categories/{id}/price-change")
    PriceChange changePrices(@PathVariable long id, @RequestParam BigDecimal percent) {
        if (percent.abs().compareTo(LARGEST_PERCENTAGE) > 0) {
            throw Problems.badRequest(
                    "percent must be -" + LARGEST_PERCENTAGE + " to " + LARGEST_PERCENTAGE + ", but was " + percent);
        }
        return new PriceChange(catalog.changePrices(id, percent));
    }

    record PriceChange(int products) {}
}
