package dev.hearth.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.HearthSettings;
import dev.hearth.config.NearMode;
import dev.hearth.config.RegionKind;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.RedisConnection;
import dev.hearth.store.RegionStore;
import dev.hearth.store.RemoteTier;
import dev.hearth.test.Eventually;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a region keeps inside the process. Redis is not asked, and is not there. */
final class NearRegionTest {
    private static final Duration LEASE = Duration.ofHours(2);
    private static final List<String> TABLES = List.of("product");

    private final FakeTime time = new FakeTime();
    private final Trust trust = new Trust(LEASE, 0, time::nanoTime, time::wallMillis);
    private final TableClock tables = new TableClock();
    private RemoteTier tier;

    @BeforeEach
    void trusts() {
        trust.subscribed();
        trust.heard(trust.sending(), "1700000000000000");
    }

    @AfterEach
    void close() {
        if (tier != null) {
            tier.close();
        }
    }

    private NearRegion region(NearMode mode, String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("hibernate.cache.hearth.redis.url", "redis://127.0.0.1:1"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put("hibernate.cache.hearth." + settings[i], settings[i + 1]);
        }
        HearthSettings read = HearthSettings.read(all);
        tier = new RemoteTier("node", read, RedisConnection.open(read.redis()), time::nanoTime);
        RegionStore store = tier.region(RegionKind.ENTITY, "Things");
        return new NearRegion(store, mode, trust, tables, time::nanoTime);
    }

    private static EntryAddress at(NearRegion region, int key) {
        return region.store().address("k" + key);
    }

    private static void keep(NearRegion region, int key, int weight) {
        EntryAddress at = at(region, key);
        region.keep(at, "v" + key, weight, region.ticket(at));
    }

    @Test
    void servesWhatItKeepsAndCountsTheHit() {
        NearRegion region = region(NearMode.STRICT);
        assertThat(region.get(at(region, 1))).isNull();

        keep(region, 1, 10);

        assertThat(region.get(at(region, 1))).isEqualTo("v1");
        assertThat(region.keeps(at(region, 1))).isTrue();
        assertThat(region.store().statistics().nearHits()).isEqualTo(1);
        assertThat(region.store().statistics().nearPuts()).isEqualTo(1);
    }

    @Test
    void keepsNothingWhereTheNearTierIsOff() {
        NearRegion region = region(NearMode.OFF);
        assertThat(region.ticket(at(region, 1))).isEqualTo(NearRegion.NO_TICKET);

        keep(region, 1, 10);
        region.changed("k1");
        region.changed();

        assertThat(region.get(at(region, 1))).isNull();
        assertThat(region.size()).isZero();
        assertThat(region.hottest(10)).isEmpty();
    }

    @Test
    void aMessageDropsTheEntryAndEveryTicketForIt() {
        NearRegion region = region(NearMode.STRICT);
        keep(region, 1, 10);
        long ticket = region.ticket(at(region, 1));

        region.changed("k1");
        region.keep(at(region, 1), "old", 10, ticket);

        assertThat(region.get(at(region, 1))).isNull();
        keep(region, 1, 10);
        assertThat(region.get(at(region, 1))).isEqualTo("v1");
    }

    @Test
    void aMessageAboutOneEntryLeavesTheOthersAndTheirTickets() {
        NearRegion region = region(NearMode.STRICT);
        keep(region, 1, 10);
        long ticket = region.ticket(at(region, 2));

        region.changed("k3");
        region.keep(at(region, 2), "v2", 10, ticket);

        assertThat(region.get(at(region, 1))).isEqualTo("v1");
        assertThat(region.get(at(region, 2))).isEqualTo("v2");
    }

    @Test
    void aChangeOfTheWholeRegionDropsEverythingAndEveryTicket() {
        NearRegion region = region(NearMode.STRICT);
        keep(region, 1, 10);
        long ticket = region.ticket(at(region, 2));

        region.changed();
        region.keep(at(region, 2), "old", 10, ticket);

        assertThat(region.get(at(region, 1))).isNull();
        assertThat(region.get(at(region, 2))).isNull();
    }

    @Test
    void whatWasKeptOrReadBeforeTrustWasLostIsNotServedWhenItIsBack() {
        NearRegion region = region(NearMode.STRICT);
        keep(region, 1, 10);
        long ticket = region.ticket(at(region, 2));

        trust.subscribed();
        assertThat(region.get(at(region, 1))).isNull();
        assertThat(region.ticket(at(region, 1))).isEqualTo(NearRegion.NO_TICKET);
        trust.heard(trust.sending(), "1700000000000000");
        region.keep(at(region, 2), "old", 10, ticket);

        assertThat(region.get(at(region, 1))).isNull();
        assertThat(region.get(at(region, 2))).isNull();
    }

    @Test
    void aStrictRegionIsNotServedWhereOnlyTheFastOnesAre() {
        NearRegion strict = region(NearMode.STRICT);
        NearRegion fast = new NearRegion(strict.store(), NearMode.FAST, trust, tables, time::nanoTime);
        keep(strict, 1, 10);
        keep(fast, 1, 10);

        trust.widened();
        trust.heard(trust.sending(), "x");
        time.pass(Duration.ofMillis(1));

        assertThat(fast.ticket(at(fast, 1))).isNotEqualTo(NearRegion.NO_TICKET);
        keep(fast, 1, 10);
        assertThat(fast.get(at(fast, 1))).isEqualTo("v1");
        assertThat(strict.get(at(strict, 1))).isNull();
    }

    @Test
    void aRegionThatThisNodeOwesServesNothing() {
        NearRegion region = region(NearMode.STRICT);
        keep(region, 1, 10);

        tier.owe(region.store());

        assertThat(region.get(at(region, 1))).isNull();
        assertThat(region.keeps(at(region, 1))).isFalse();
    }

    @Test
    void aResultIsServedUntilOneOfItsTablesChanges() {
        NearRegion region = region(NearMode.STRICT);
        EntryAddress at = at(region, 1);
        region.keep(at, "result", 10, region.resultTicket(at, TABLES));
        assertThat(region.get(at, TABLES)).isEqualTo("result");

        tables.changed("customer");
        assertThat(region.get(at, TABLES)).isEqualTo("result");
        tables.changed("product");
        assertThat(region.get(at, TABLES)).isNull();
    }

    @Test
    void aResultWhoseTableChangedWhileItWasReadIsNeverServed() {
        NearRegion region = region(NearMode.STRICT);
        EntryAddress at = at(region, 1);
        NearRegion.ResultTicket ticket = region.resultTicket(at, TABLES);

        tables.changed("product");
        region.keep(at, "result", 10, ticket);

        assertThat(region.get(at, TABLES)).isNull();
    }

    @Test
    void aResultThatWasRemovedWhileItWasReadIsNotKept() {
        NearRegion region = region(NearMode.STRICT);
        EntryAddress at = at(region, 1);
        NearRegion.ResultTicket ticket = region.resultTicket(at, TABLES);

        region.changed("k1");
        region.keep(at, "result", 10, ticket);

        assertThat(region.get(at, TABLES)).isNull();
    }

    @Test
    void keepsNoMoreEntriesThanItMay() {
        NearRegion region = region(NearMode.STRICT, "near.maximum-entries", "100");
        for (int i = 0; i < 1000; i++) {
            keep(region, i, 10);
        }

        assertThat(keptOnceItIsAtMost(100, region, 1000)).isGreaterThan(50);
    }

    @Test
    void keepsNoMoreBytesThanItMayCountingWhatEachEntryCostsBesides() {
        NearRegion region = region(NearMode.STRICT, "near.maximum-size", "1MB");
        for (int i = 0; i < 2000; i++) {
            keep(region, i, 1024);
        }

        assertThat(keptOnceItIsAtMost(1024 * 1024 / (1024 + 128), region, 2000)).isGreaterThan(450);
    }

    /* Caffeine evicts in the background, so the count is asked for until it has. */
    private static long keptOnceItIsAtMost(long most, NearRegion region, int of) {
        Eventually.holds("what is too much has gone", () -> count(region, of) <= most);
        return count(region, of);
    }

    private static long count(NearRegion region, int of) {
        long count = 0;
        for (int i = 0; i < of; i++) {
            count += region.keeps(at(region, i)) ? 1 : 0;
        }
        return count;
    }

    @Test
    void keepsACopyNoLongerThanItsTimeToLiveHoweverOftenItIsRead() {
        NearRegion region = region(NearMode.STRICT, "near.time-to-live", "10m");
        keep(region, 1, 10);

        time.pass(Duration.ofMinutes(9));
        assertThat(region.get(at(region, 1))).isEqualTo("v1");
        time.pass(Duration.ofMinutes(2));

        assertThat(region.get(at(region, 1))).isNull();
    }

    @Test
    void tellsWhatIsUsedMost() {
        // Caffeine counts uses only once the cache is half full: before that, the newest come first.
        NearRegion region = region(NearMode.STRICT, "near.maximum-entries", "100");
        for (int i = 0; i < 80; i++) {
            keep(region, i, 10);
        }
        for (int i = 0; i < 10; i++) {
            use(region, 7);
            use(region, 7);
            use(region, 3);
        }

        assertThat(region.hottest(2)).containsExactlyInAnyOrder("k7", "k3");
        assertThat(region.hottest(100)).hasSize(80);
        assertThat(region.size()).isEqualTo(80);
    }

    /* Uses are gathered in a buffer that drops some when it is full; asking for what is hot empties it. */
    private static void use(NearRegion region, int key) {
        assertThat(region.get(at(region, key))).isEqualTo("v" + key);
        assertThat(region.hottest(1)).hasSize(1);
    }
}
