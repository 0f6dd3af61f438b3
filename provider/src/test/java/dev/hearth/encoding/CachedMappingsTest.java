package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.encoding.ShopModel.Depot;
import dev.hearth.encoding.ShopModel.DepotId;
import dev.hearth.encoding.ShopModel.Firm;
import dev.hearth.encoding.ShopModel.Part;
import dev.hearth.encoding.ShopModel.Party;
import dev.hearth.encoding.ShopModel.Person;
import dev.hearth.encoding.ShopModel.Purchase;
import java.util.List;
import java.util.Map;
import org.hibernate.Hibernate;
import org.hibernate.cfg.AvailableSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachedMappingsTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWholeObjectGraphIsTheSameFromTheCacheAsFromTheDatabase(boolean structured) {
        try (EncodingFixture fixture = shop(structured)) {
            var runs = fixture.fromDatabaseAndFromCache(session -> {
                Purchase purchase = session.find(Purchase.class, 1L);
                initialize(purchase);
                return purchase;
            });

            assertThat(fixture.sessions.getStatistics().getPrepareStatementCount())
                    .as("statements, with the inverse side of a one-to-one, which Hibernate does not cache")
                    .isLessThanOrEqualTo(2);
            assertThat(runs.fromCache())
                    .usingRecursiveComparison()
                    .ignoringFields("buyer.latest", "payer.latest")
                    .isEqualTo(runs.fromDatabase());
            assertThat(runs.fromCache().total).isEqualTo(runs.fromDatabase().total);
            assertThat(runs.fromCache().weight).isEqualTo(runs.fromDatabase().weight);
            assertThat(runs.fromCache().scores).containsExactly(3, 1, 2);
        }
    }

    @Test
    void subclassesComeBackAsThemselves() {
        try (EncodingFixture fixture = shop(false)) {
            var runs = fixture.fromDatabaseAndFromCache(
                    session -> List.of(session.find(Party.class, 1L), session.find(Party.class, 2L)));

            assertThat(runs.fromCache().get(0)).isInstanceOf(Person.class);
            assertThat(runs.fromCache().get(1)).isInstanceOf(Firm.class);
            assertThat(((Person) runs.fromCache().get(0)).preferences)
                    .isEqualTo(((Person) runs.fromDatabase().get(0)).preferences);
            assertThat(((Firm) runs.fromCache().get(1)).options)
                    .isEqualTo(((Firm) runs.fromDatabase().get(1)).options);
        }
    }

    @Test
    void naturalIdsLeadToPlainAndCompositeIdentifiers() {
        try (EncodingFixture fixture = shop(false)) {
            var runs = fixture.fromDatabaseAndFromCache(session -> List.of(
                    session.bySimpleNaturalId(Party.class).load("ada@example.org").id,
                    session.bySimpleNaturalId(Part.class).load("nut").number));

            assertThat(runs.fromCache()).isEqualTo(runs.fromDatabase());
            assertThat(fixture.sessions.getStatistics().getNaturalIdCacheHitCount())
                    .isEqualTo(2);
        }
    }

    @Test
    void elementsOfAListWhoseKeyLiesInTheirTableKeepTheirBackReferences() {
        try (EncodingFixture fixture = shop(false)) {
            var runs = fixture.fromDatabaseAndFromCache(session -> {
                Depot depot = session.find(Depot.class, new DepotId("DE", 7));
                return depot.parts.stream().map(part -> part.name).toList();
            });

            assertThat(runs.fromCache()).containsExactly("bolt", "nut");
            assertThat(fixture.sessions.getStatistics().getPrepareStatementCount())
                    .isZero();
        }
    }

    private static EncodingFixture shop(boolean structured) {
        EncodingFixture fixture =
                EncodingFixture.with(Map.of(AvailableSettings.USE_STRUCTURED_CACHE, structured), ShopModel.ENTITIES);
        fixture.inTransaction(ShopModel::fill);
        return fixture;
    }

    static void initialize(Purchase purchase) {
        Hibernate.initialize(purchase.extras);
        Hibernate.initialize(purchase.lines);
        Hibernate.initialize(purchase.stops);
        Hibernate.initialize(purchase.tags);
        Hibernate.initialize(purchase.address.nearest.parts);
        Hibernate.initialize(purchase.payer);
    }
}
