package dev.hearth.encoding;

import static dev.hearth.encoding.KeyFactoryFixture.values;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.hearth.encoding.KeyModel.Order;
import dev.hearth.encoding.KeyModel.Pair;
import dev.hearth.encoding.KeyModel.PairId;
import dev.hearth.encoding.KeyModel.Person;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The grammar of keys: parts that cannot be mistaken for each other, whatever the texts, roles, kinds and tenants. */
final class KeyEncoderTest {
    private static final long SEED = 20_260_101;
    private static final String SHARED = "shared";
    private static final Pattern KEY =
            Pattern.compile("(?:@(?<tenant>T)/)?(?:(?<kind>[ecn])=(?<role>T)/)?(?<id>[\\w.%-]+|[~!][\\w-]+)"
                    .replace("T", "[\\w.%-]+|![\\w-]{43}"));

    private static KeyFactoryFixture model;

    @BeforeAll
    static void build() {
        model = new KeyFactoryFixture(KeyModel.ENTITIES);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void aNaturalIdWithoutAValueHasAKeyOfItsOwn() {
        assertThat(model.naturalId(Person.class).encode(null, null)).isEqualTo("!");
        assertThat(model.naturalId(Person.class).encode(null, "north")).isEqualTo("@north/!");
    }

    @Test
    void aRegionOfTheRolesOwnNeedsNoRoleInItsKeys() {
        assertThat(model.entity(Order.class).encode(1L, null)).isEqualTo("1");
        assertThat(model.collection(Order.class, "lines").encode(1L, null)).isEqualTo("1");
        assertThat(model.naturalId(Person.class).encode("a", null)).isEqualTo("a");
    }

    @Test
    void aSharedRegionKeepsRolesAndKindsApart() {
        String root = model.root(Order.class).replace("$", "%0024");

        assertThat(model.entity(Order.class, SHARED).encode(1L, null)).isEqualTo("e=" + root + "/1");
        assertThat(model.collection(Order.class, "lines", SHARED).encode(1L, null))
                .isEqualTo("c=" + root + ".lines/1");
        assertThat(model.collection(Order.class, "labels", SHARED).encode(1L, null))
                .isEqualTo("c=" + root + ".labels/1");
        assertThat(model.naturalId(Person.class, SHARED).encode("1", null))
                .isEqualTo("n=" + root.replace("Order", "Person") + "/1");
    }

    @Test
    void aNaturalIdInTheEntitysRegionDoesNotCollideWithAnId() {
        String region = model.root(Person.class);

        assertThat(model.naturalId(Person.class, region).encode("1", null))
                .isNotEqualTo(model.entity(Person.class, region).encode(1L, null));
    }

    @Test
    void noTenantDiffersFromEveryTenant() {
        KeyEncoder person = model.naturalId(Person.class);
        List<String> keys = new ArrayList<>();
        keys.add(person.encode("1", null));
        for (String tenant : List.of("", "a", "@a/", "%", "a/1", "null", "a".repeat(97), "a".repeat(98))) {
            keys.add(person.encode("1", tenant));
            keys.add(person.encode(tenant + "/1", null));
            keys.add(person.encode("@" + tenant + "/1", null));
        }

        assertThat(keys)
                .doesNotHaveDuplicates()
                .allMatch(key -> KEY.matcher(key).matches());
        assertThat(keys).contains("@a/1", "@%/1");
    }

    @Test
    void anyTextAsIdOrTenantGivesAKeyThatTellsItsPartsApart() {
        KeyEncoder shared = model.naturalId(Person.class, SHARED);
        Random random = new Random(SEED);
        Map<String, List<@Nullable String>> seen = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            String id = randomText(random);
            String tenant = random.nextInt(4) == 0 ? null : randomText(random);
            String key = shared.encode(id, tenant);

            Matcher parts = KEY.matcher(key);
            assertThat(parts.matches()).as(key).isTrue();
            assertThat(parts.group("kind")).isEqualTo("n");
            assertThat(unescaped(parts.group("tenant"))).isIn(tenant, "!");
            assertThat(unescaped(parts.group("id"))).isIn(id, "~", "!");
            List<@Nullable String> before = seen.put(key, Arrays.asList(id, tenant));
            assertThat(before == null || before.equals(Arrays.asList(id, tenant)))
                    .as(key)
                    .isTrue();
        }
        assertThat(seen.keySet()).anyMatch(key -> key.contains("/~")).anyMatch(key -> key.contains("/!"));
    }

    @Test
    void whereOnePartEndsAndTheNextBeginsIsNeverInDoubt() {
        KeyEncoder pairs = model.entity(Pair.class);
        Random random = new Random(SEED);
        Map<String, PairId> seen = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            PairId id = new PairId(orNull(random), orNull(random));

            PairId before = seen.put(pairs.encode(id, null), id);

            assertThat(before == null || before.equals(id))
                    .as("%s and %s", before, id)
                    .isTrue();
        }
    }

    private static @Nullable String orNull(Random random) {
        return random.nextInt(8) == 0 ? null : randomText(random);
    }

    /** Short texts of few characters, so that neighbours abound; sometimes long ones. */
    private static String randomText(Random random) {
        String alphabet = "aA0%:{}#@/~!=. -_\0\n\u00E9\u4E2D\uD800\uDC00\uFFFF";
        int length = random.nextInt(10) == 0 ? random.nextInt(150) : random.nextInt(5);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static @Nullable String unescaped(@Nullable String text) {
        if (text == null || text.equals("%")) {
            return text == null ? null : "";
        }
        if (text.startsWith("~") || text.startsWith("!")) {
            return text.substring(0, 1);
        }
        return Pattern.compile("%([0-9A-F]{4})")
                .matcher(text)
                .replaceAll(
                        unit -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(unit.group(1), 16))));
    }

    @Test
    void longIdsAreHashedAndStayDifferent() {
        KeyEncoder person = model.naturalId(Person.class);

        List<String> keys = IntStream.range(0, 300)
                .mapToObj(length -> person.encode("x".repeat(length), null))
                .toList();

        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.length() <= 97);
        assertThat(keys.get(96)).isEqualTo("x".repeat(96));
        assertThat(keys.get(97)).matches("![\\w-]{43}");
        assertThat(person.encode(keys.get(97), null)).isNotEqualTo(keys.get(97));
        assertThat(person.encode("x".repeat(100_000), null)).hasSize(44);
        assertThat(model.entity(Pair.class).encode(new PairId("x".repeat(40), "y".repeat(40)), null))
                .matches("![\\w-]{43}");
    }

    @Test
    void aCompoundNaturalIdOfNothingButNullsHasAKey() {
        assertThat(model.naturalId(KeyModel.Offer.class).encode(values(null, null, null), null))
                .isEqualTo("~AA");
    }

    @Test
    void hashesAreThePublishedCrc32c() {
        assertThat(KeyEncoder.hash("123456789")).isEqualTo(0xE306_9283L);
    }

    @Test
    void hashesSpreadConsecutiveIdsOverBucketsAndTheirStripes() {
        int[] counts = new int[64 * 16];
        for (int id = 0; id < 256 * counts.length; id++) {
            long hash = KeyEncoder.hash(Integer.toString(id));
            counts[(int) ((hash >>> 16) % 64) * 16 + (int) (hash % 16)]++;
        }

        assertThat(IntStream.of(counts)).allMatch(count -> count >= 200 && count <= 320);
    }

    @Test
    void aLongIdCostsLittleMoreThanItsText() {
        KeyEncoder order = model.entity(Order.class);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Long[] ids = IntStream.range(0, 100_000)
                .mapToObj(i -> i + 1_000_000_000_000L)
                .toArray(Long[]::new);
        long textOnly = Long.MAX_VALUE;
        long whole = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            textOnly = Math.min(textOnly, allocated(threads, () -> lengthOfTexts(ids)));
            whole = Math.min(whole, allocated(threads, () -> lengthOfKeys(order, ids)));
        }

        assertThat(whole / ids.length).isLessThanOrEqualTo(textOnly / ids.length + 16);
    }

    private static long allocated(ThreadMXBean threads, Runnable work) {
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void lengthOfTexts(Long[] ids) {
        int length = 0;
        for (Long id : ids) {
            length += Long.toString(id).length();
        }
        assertThat(length).isPositive();
    }

    private static void lengthOfKeys(KeyEncoder encoder, Long[] ids) {
        int length = 0;
        for (Long id : ids) {
            length += encoder.encode(id, null).length();
        }
        assertThat(length).isPositive();
    }
}
