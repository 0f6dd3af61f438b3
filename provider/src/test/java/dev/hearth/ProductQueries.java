package dev.hearth;

import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.Eventually;
import dev.hearth.test.NodeFixture;
import org.hibernate.Session;

/** Cacheable queries over products, and over another table. */
final class ProductQueries {
    private static final String REGION = "default-query-results-region";

    private ProductQueries() {}

    /** The name of product 1, by a query. */
    static String name(NodeFixture node) {
        return node.fromTransaction(ProductQueries::name);
    }

    static String name(Session session) {
        return session.createQuery("select name from Product where id = 1", String.class)
                .setCacheable(true)
                .uniqueResult();
    }

    /** The number of customers, by a query. */
    static long customers(NodeFixture node) {
        return node.fromTransaction(session -> session.createQuery("select count(*) from Customer", Long.class)
                .setCacheable(true)
                .uniqueResult());
    }

    /** Whether the cache answers the query for the name without the database. */
    static boolean nameIsHit(NodeFixture node) {
        long before = node.sql().ofThisThread();
        String unused = name(node);
        return node.sql().ofThisThread() == before;
    }

    static boolean customersAreHit(NodeFixture node) {
        long before = node.sql().ofThisThread();
        long unused = customers(node);
        return node.sql().ofThisThread() == before;
    }

    static void awaitNameHit(NodeFixture node) {
        Eventually.holds("the cache answers the query for the name", () -> nameIsHit(node));
    }

    static void awaitHits(NodeFixture node) {
        awaitNameHit(node);
        Eventually.holds("the cache answers the query for customers", () -> customersAreHit(node));
    }

    static RegionStatistics statistics(NodeFixture node) {
        return Products.factory(node).statistics(REGION).orElseThrow();
    }
}
