package dev.hearth.sample.catalog;

import dev.hearth.sample.web.Problems;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.hibernate.KeyType;
import org.hibernate.Session;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Looks products up and changes their prices. Nothing here knows of a cache: that is the mapping's business. */
@Service
@Transactional(readOnly = true)
class Catalog {
    private final Session session;

    Catalog(Session session) {
        this.session = session;
    }

    ProductView product(long id) {
        return ProductView.of(find(id));
    }

    ProductView productBySku(String sku) {
        Product product = session.find(Product.class, sku, KeyType.NATURAL);
        if (product == null) {
            throw Problems.notFound("product", sku);
        }
        return ProductView.of(product);
    }

    /** Products whose name contains the text, whatever its case; at most {@code limit}. */
    List<ProductView> search(String text, int limit) {
        String pattern = "%" + text.replaceAll("[!%_]", "!$0") + "%";
        return session
                .createSelectionQuery("from Product where name ilike :pattern escape '!' order by id", Product.class)
                .setParameter("pattern", pattern)
                .setMaxResults(limit)
                .setCacheable(true)
                .list()
                .stream()
                .map(ProductView::of)
                .toList();
    }

    List<CategoryView> categories() {
        return session.createNamedSelectionQuery(Category.ALL, Category.class).list().stream()
                .map(CategoryView::of)
                .toList();
    }

    List<ProductView> productsOf(long categoryId) {
        Category category = session.find(Category.class, categoryId);
        if (category == null) {
            throw Problems.notFound("category", categoryId);
        }
        return category.getProducts().stream().map(ProductView::of).toList();
    }

    @Transactional
    ProductView changePrice(long id, BigDecimal price) {
        Product product = find(id);
        product.setPrice(price.setScale(2, RoundingMode.HALF_UP));
        return ProductView.of(product);
    }

    /** Changes all prices of a category in one statement, and answers how many there were. */
    @Transactional
    int changePrices(long categoryId, BigDecimal percent) {
        return session.createMutationQuery("""
                        update versioned Product
                        set price = round(price * (100 + :percent) / 100, 2)
                        where category.id = :category""")
                .setParameter("percent", percent)
                .setParameter("category", categoryId)
                .executeUpdate();
    }

    private Product find(long id) {
        Product product = session.find(Product.class, id);
        if (product == null) {
            throw Problems.notFound("product", id);
        }
        return product;
    }
}
