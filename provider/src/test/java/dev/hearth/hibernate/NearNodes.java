package dev.hearth.hibernate;

import dev.hearth.near.NearRegion;
import dev.hearth.near.NearTier;
import dev.hearth.test.Nodes;

/** What tests of the near tier ask of nodes. */
final class NearNodes {
    private NearNodes() {}

    /** Nodes that keep everything near and strictly, with a lease short enough to wait for. */
    static Nodes.Builder strict(Nodes.Builder builder) {
        return builder.setting(Nodes.NEAR, "strict").setting("hibernate.cache.hearth.near.lease", "500ms");
    }

    static NearTier tier(CachingNode node) {
        return region(node).node().near();
    }

    private static DomainRegion region(CachingNode node) {
        return node.cache().getCacheRegionNames().stream()
                .map(node.cache()::getRegion)
                .filter(DomainRegion.class::isInstance)
                .map(DomainRegion.class::cast)
                .findAny()
                .orElseThrow();
    }

    /** The region of an entity. */
    static NearRegion of(CachingNode node, Class<?> entity) {
        return ((DomainRegion) node.cache().getRegion(node.persister(entity).getRootEntityName())).near();
    }

    /** Waits until the node serves what it keeps, which takes it a moment after its start. */
    static void awaitTrust(CachingNode node) {
        Waiting.until("the node serves what it keeps near", () -> tier(node).servesStrictly());
    }
}
