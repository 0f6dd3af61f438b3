package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.HearthSettings;
import dev.hearth.config.RegionKind;
import dev.hearth.test.Eventually;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis whose memory is full and that evicts nothing: it takes no value, but all that says what is not to be read. */
final class FullRedisIT {
    private static final byte[] BODY = "12345678 a value".getBytes(StandardCharsets.UTF_8);

    private RedisServerFixture server;
    private RedisConnection redis;
    private RemoteTier node;
    private RegionStore region;

    @BeforeEach
    void fill() {
        server = RedisServers.start("--maxmemory-policy", "noeviction");
        redis = server.connect();
        HearthSettings settings = HearthSettings.read(Map.of(
                "hibernate.cache.hearth.redis.url", server.url(),
                "hibernate.cache.hearth.redis.command-timeout", "900ms",
                "hibernate.cache.hearth.lock-timeout", "1s"));
        node = new RemoteTier(
                "node", settings, dev.hearth.store.RedisConnection.open(settings.redis()), System::nanoTime);
        node.start();
        region = node.region(RegionKind.ENTITY, "Things");
        region.ready().join();
        Eventually.holds("the value is published", () -> {
            var unused = put("1").join();
            return isValue("1");
        });
        redis.call("CONFIG", "SET", "maxmemory", "100kb");
    }

    @AfterEach
    void stop() {
        node.close();
        redis.close();
        server.close();
    }

    @Test
    void aPutIsRefused() {
        assertThat(put("2").join().stored()).isFalse();
        assertThatThrownBy(() -> redis.call("SET", "other", "value")).hasMessageContaining("OOM");
    }

    @Test
    void aLockTakesThePlaceOfTheValueAndItsReleasePublishesNothing() {
        EntryAddress at = at("1");

        long lock = region.lock(at, "t1", "-").join();
        assertThat(state("1")).isEqualTo("L");

        assertThat(region.release(at, "t1", lock, BODY).join()).isEqualTo(ReleaseOutcome.FULL);
        assertThat(state("1")).isEmpty();
    }

    @Test
    void twoHoldsAreTakenAndReleasedOneAfterTheOther() {
        EntryAddress at = at("2");
        long first = region.lock(at, "t1", "-").join();
        region.lock(at, "t2", "-").join();

        assertThat(region.release(at, "t1", first, BODY).join()).isEqualTo(ReleaseOutcome.CONCURRENT);
        assertThat(state("2")).isEqualTo("L");
        region.release(at, "t2", first, null).join();
        assertThat(state("2")).isEmpty();
    }

    @Test
    void aLapsedLockIsTakenOverByTheNext() {
        EntryAddress at = at("1");
        region.lock(at, "lost", "-").join();
        Eventually.holds("the lock has lapsed", () -> lapsed("1"));

        long lock = region.lock(at, "t2", "-").join();

        assertThat(region.release(at, "lost", 0, null).join()).isEqualTo(ReleaseOutcome.LOST);
        assertThat(region.release(at, "t2", lock, BODY).join()).isEqualTo(ReleaseOutcome.CONCURRENT);
        assertThat(state("1")).isEmpty();
    }

    @Test
    void anEntryIsEvictedAndALockUnderItStays() {
        region.evict(at("1")).join();
        assertThat(state("1")).isEmpty();

        region.lock(at("1"), "t1", "-").join();
        region.evict(at("1")).join();

        assertThat(state("1")).isEqualTo("L");
    }

    @Test
    void theRegionIsEvicted() {
        region.clear().join();

        assertThat(isValue("1")).isFalse();
    }

    @Test
    void theRegionIsLockedAndUnlocked() {
        region.bulkLock("t1", "-").join();
        assertThat(isValue("1")).isFalse();

        region.bulkUnlock("t1").join();

        assertThat(redis.text("GET", "hearth:{Things.0}")).hasSize(37);
    }

    @Test
    void aRegionThatWasDroppedBeginsAnew() {
        redis.call("FLUSHALL");
        assertThatThrownBy(() -> redis.call("SET", "other", "value")).hasMessageContaining("OOM");

        region.clear().join();

        assertThat(redis.text("GET", "hearth:{Things.0}")).startsWith("R");
    }

    @Test
    void valuesAreTakenAgainOnceThereIsRoom() {
        long lock = region.lock(at("1"), "t1", "-").join();
        redis.call("CONFIG", "SET", "maxmemory", "0");

        assertThat(region.release(at("1"), "t1", lock, BODY).join()).isEqualTo(ReleaseOutcome.PUBLISHED);
        assertThat(isValue("1")).isTrue();
    }

    private EntryAddress at(String key) {
        return region.address(key);
    }

    private CompletableFuture<PutOutcome> put(String key) {
        return region.put(at(key), node.now(), BODY, PutMode.LOAD);
    }

    private boolean isValue(String key) {
        return region.get(at(key)) instanceof Found.Value;
    }

    private String state(String key) {
        return String.valueOf(redis.text("GETRANGE", at(key).entry(), 0, 0));
    }

    /* The only hold's expiry, 16 digits before the last character. */
    private boolean lapsed(String key) {
        String lock = String.valueOf(redis.text("GET", at(key).entry()));
        long expiry = Long.parseLong(lock.substring(lock.length() - 17, lock.length() - 1));
        return node.now().micros() > expiry;
    }
}
