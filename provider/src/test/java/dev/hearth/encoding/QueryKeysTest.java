package dev.hearth.encoding;

import static dev.hearth.encoding.QueryKeyFixture.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.sql.Timestamp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hibernate.cache.spi.QueryKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JdkObsolete")
class QueryKeysTest {
    private static final int RANDOM_KEYS = 600;

    @Test
    void theKeysOfThisHibernateCanBeRead() {
        assertThatNoException().isThrownBy(QueryKeys::verify);
    }

    @Test
    void aDigestIsTextForARedisKeyAndSixteenBytesToCheck() {
        QueryDigest digest = QueryKeys.digest(with("tenant", 1));

        assertThat(digest.text()).matches("[A-Za-z0-9_-]{43}");
        assertThat(digest.check()).hasSize(16);
    }

    @Test
    void keysThatDifferForHibernateHaveDifferentDigestsAndEqualOnesTheSame() {
        assertDigestsAgreeWithEquals(QueryKeySamples.keys());
    }

    @Test
    void soDoRandomKeysOfNestedValues() {
        Random random = new Random(20_260_727);
        List<QueryKey> keys = Stream.generate(() -> with(randomValue(random, 3), randomValue(random, 2)))
                .limit(RANDOM_KEYS)
                .toList();

        assertDigestsAgreeWithEquals(keys);
    }

    private static void assertDigestsAgreeWithEquals(List<QueryKey> keys) {
        List<QueryDigest> digests = keys.stream().map(QueryKeys::digest).toList();
        for (int i = 0; i < keys.size(); i++) {
            for (int j = i; j < keys.size(); j++) {
                boolean equal = keys.get(i).equals(keys.get(j));
                assertThat(digests.get(i).text().equals(digests.get(j).text()))
                        .as("keys %s and %s", i, j)
                        .isEqualTo(equal);
                assertThat(Arrays.equals(digests.get(i).check(), digests.get(j).check()))
                        .isEqualTo(equal);
            }
        }
    }

    /** Few leaves, so that equal values come up often. */
    private static Object randomValue(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 10 : 5);
        return switch (kind) {
            case 0 -> null;
            case 1 -> random.nextInt(2);
            case 2 -> (long) random.nextInt(2);
            case 3 -> random.nextBoolean() ? "" : "0";
            case 4 -> QueryKeySamples.Grade.values()[random.nextInt(2)];
            case 5 -> randomValues(random, depth).toArray();
            case 6 -> randomValues(random, depth);
            case 7 -> new LinkedList<>(randomValues(random, depth));
            case 8 -> new HashSet<>(randomLeaves(random));
            default -> {
                Map<Object, Object> map = new HashMap<>();
                randomLeaves(random).forEach(key -> map.put(key, randomLeaves(random)));
                yield map;
            }
        };
    }

    private static List<Object> randomValues(Random random, int depth) {
        List<Object> values = new ArrayList<>();
        // Lists compare arrays by identity, so none of those inside.
        for (int i = random.nextInt(3); i > 0; i--) {
            values.add(randomValue(random, 0));
        }
        return values;
    }

    private static List<Object> randomLeaves(Random random) {
        return randomValues(random, 0);
    }

    @Test
    void theOrderOfWhatHasNoneAndTheClassOfACollectionDoNotMatter() {
        Map<String, Integer> backwards = new LinkedHashMap<>();
        backwards.put("b", 2);
        backwards.put("a", 1);

        assertSameDigest(with(List.of(1, 2)), with(new LinkedList<>(Arrays.asList(1, 2))));
        assertSameDigest(with(List.of(1, 2)), with(Collections.unmodifiableList(new ArrayList<>(List.of(1, 2)))));
        assertSameDigest(with(new TreeSet<>(Set.of(1, 2, 3))), with(new LinkedHashSet<>(List.of(3, 1, 2))));
        assertSameDigest(with(backwards), with(new HashMap<>(Map.of("a", 1, "b", 2))));
        assertSameDigest(with((Object) new Integer[] {1}), with((Object) new Object[] {1}));
    }

    private static void assertSameDigest(QueryKey left, QueryKey right) {
        assertThat(QueryKeys.digest(left).text())
                .isEqualTo(QueryKeys.digest(right).text());
    }

    @ParameterizedTest
    @MethodSource
    void aValueWithoutACanonicalFormHasNoDigest(Object value) {
        assertThat(QueryKeys.digest(with("tenant", value))).isNull();
        assertThat(QueryKeys.digest(with("tenant", List.of(value)))).isNull();
        assertThat(QueryKeys.digest(with("tenant", new Object[] {1, value}))).isNull();
        assertThat(QueryKeys.digest(with("tenant", Map.of("key", value)))).isNull();
        assertThat(QueryKeys.digest(with("tenant", new QueryKeySamples.Box(value))))
                .isNull();
    }

    static Stream<Object> aValueWithoutACanonicalFormHasNoDigest() {
        return Stream.of(
                new Object(),
                new AtomicLong(1),
                new StringBuilder("x"),
                new ArrayDeque<>(List.of(1)),
                new SimpleTimeZone(1, "Mars"),
                new Date(1) {},
                new Timestamp(1) {},
                new QueryKeySamples.Plain());
    }

    @Test
    void whereEqualValuesMayDifferTheKeyDoesNotStandForItsDigest() {
        Timestamp fine = new Timestamp(1);
        fine.setNanos(1_000_001);
        assertThat(with("tenant", new Date(1))).isEqualTo(with("tenant", fine));
        assertThat(QueryKeys.equalityIsExact(with("tenant", new Date(1)))).isFalse();
        assertThat(QueryKeys.equalityIsExact(with("tenant", fine))).isFalse();
        assertThat(QueryKeys.equalityIsExact(with("tenant", List.of(1)))).isFalse();

        assertThat(QueryKeys.equalityIsExact(with("tenant", 1L, "text", null))).isTrue();
        assertThat(with("north", 1L)).isNotEqualTo(with("south", 1L));
    }

    @Test
    void aValueInsideItselfHasNoDigest() {
        Object[] itself = {null};
        itself[0] = itself;

        assertThat(QueryKeys.digest(with((Object) itself))).isNull();
    }

    @Test
    void parametersOfAnotherClassThanHibernatesHaveNoDigest() {
        QueryKey key = new QueryKey("select 1", new QueryKey.ParameterBindingsMemento() {}, null, null, Set.of());

        assertThat(QueryKeys.digest(key)).isNull();
    }
}
