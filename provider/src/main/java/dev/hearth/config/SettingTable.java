package dev.hearth.config;

import dev.hearth.config.RegionSettings.Puts;
import dev.hearth.config.Setting.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

/** Every setting there is. Reading, validation and the page {@code docs/configuration.md} come from this table. */
public final class SettingTable {
    /* Redis keys are keyspace:{region.bucket}:id, so colons and braces would break them. */
    static final Pattern KEYSPACE_RULE = Pattern.compile("[A-Za-z0-9._,-]{1,100}");
    static final TextType KEYSPACE_TYPE = TextType.matching(
            "1 to 100 letters, digits, dots, underscores, hyphens or commas", "hearth", KEYSPACE_RULE);

    static final Setting<String> KEYSPACE = node(
            "keyspace",
            KEYSPACE_TYPE,
            "hearth",
            "What every key in Redis begins with; `hibernate.cache.region_prefix` is appended after a dot.");
    static final Setting<RedissonClient> REDIS_CLIENT = node(
            "redis.client",
            new InstanceType<>(RedissonClient.class),
            null,
            "The application's own client, which Hearth uses and never closes.");
    static final Setting<String> REDIS_CONFIG = node(
            "redis.config",
            TextType.of(
                    "the path of a Redisson YAML file, or classpath: and the name of a resource",
                    "classpath:redisson.yaml"),
            null,
            "A Redisson configuration from which Hearth makes its client, reading from masters only.");
    static final Setting<RedisUrl> REDIS_URL = node(
            "redis.url",
            new UrlType(),
            null,
            "Where Redis is; `redis://localhost:6379` if neither this nor a client nor a configuration is given.");
    static final Setting<String> REDIS_USER =
            node("redis.user", TextType.of("the name of a Redis user", "app"), null, "The ACL user that logs in.");
    static final Setting<String> REDIS_PASSWORD =
            node("redis.password", TextType.secret(), null, "The password that logs in.");
    static final Setting<Integer> REDIS_DATABASE =
            node("redis.database", Numbers.count(0, 65_535, "1"), null, "The number of the database; 0 if not given.");
    static final Setting<Integer> REDIS_CONNECTIONS =
            node("redis.connections", Numbers.count(1, 1024, "32"), 16, "The connections kept to each master.");
    static final Setting<Duration> COMMAND_TIMEOUT = node(
            "redis.command-timeout",
            Durations.from("10ms", "30s", "250ms"),
            Durations.of("500ms"),
            "How long a command may take before the database is asked instead.");
    static final Setting<Duration> CONNECT_TIMEOUT = node(
            "redis.connect-timeout",
            Durations.from("10ms", "1m", "1s"),
            Durations.of("2s"),
            "How long a connection may take to be made.");
    static final Setting<String> TRUSTSTORE =
            node("redis.tls.truststore", store(), null, "The certificates to trust; the JDK's own if not given.");
    static final Setting<String> TRUSTSTORE_PASSWORD =
            node("redis.tls.truststore-password", TextType.secret(), null, "The truststore's password.");
    static final Setting<String> KEYSTORE =
            node("redis.tls.keystore", store(), null, "The certificate with which the application shows who it is.");
    static final Setting<String> KEYSTORE_PASSWORD =
            node("redis.tls.keystore-password", TextType.secret(), null, "The keystore's password.");
    static final Setting<Boolean> VERIFY_HOSTNAME = node(
            "redis.tls.verify-hostname", new FlagType(), true, "Whether the server's certificate must name the host.");
    static final Setting<Duration> POLL_INTERVAL = node(
            "poll-interval",
            Durations.from("10ms", "1m", "2s"),
            Durations.of("1s"),
            "How often every master is asked for its time.");
    static final Setting<Double> DRIFT_MARGIN = node(
            "drift-margin",
            Numbers.fraction(0, 0.1, "0.002"),
            0.001,
            "How much faster than Redis's clock this machine's monotonic clock may run, as a fraction.");
    static final Setting<Duration> STAMP_VALIDITY = node(
            "stamp-validity",
            Durations.from("50ms", "10m", "10s"),
            Durations.of("5s"),
            "How old the last known time of a master may be before sessions stop publishing what they read; "
                    + "longer than `poll-interval`.");
    static final Setting<Duration> NEAR_LEASE = node(
            "near.lease",
            Durations.from("100ms", "1m", "2s"),
            Durations.of("1s"),
            "How long copies inside the process are served without a sign of life from the subscription, and so how long a "
                    + "commit may wait for a node that has died; three heartbeats a lease.");
    static final Setting<Integer> MAXIMUM_IN_FLIGHT = node(
            "maximum-in-flight",
            Numbers.count(1, 65_536, "2048"),
            1024,
            "The commands under way beyond which a put is dropped.");
    static final Setting<JoinedTransactions> JOINED_TRANSACTIONS = node(
            "joined-transactions",
            new ChoiceType<>(JoinedTransactions.class),
            JoinedTransactions.READ_COMMITTED,
            "Under which isolation a session may publish what it read on a connection or in a transaction that it did "
                    + "not begin.");
    static final Setting<NativeStatements> NATIVE_STATEMENTS = node(
            "native-statements",
            new ChoiceType<>(NativeStatements.class),
            NativeStatements.WARN,
            "What becomes of native statements that name no tables, and so clear every region: the log names each place "
                    + "that runs one, once; or they are refused, for tests; or nothing.");
    static final Setting<Boolean> STATISTICS = node(
            "statistics",
            new FlagType(),
            true,
            "Whether times are taken, from which follows what each query and region gains.");
    static final Setting<Integer> STATISTICS_QUERIES = node(
            "statistics.queries",
            Numbers.count(0, 10_000, "1000"),
            500,
            "How many queries figures are kept of, of which those asked least give way; 0 for none.");
    static final Setting<Double> AUDIT_SAMPLE = node(
            "audit.sample",
            Numbers.fraction(0, 1, "0.01"),
            0.0,
            "The share of the entities served from the cache that is compared with the database in the background; 0 for "
                    + "none.");
    static final Setting<Integer> AUDIT_RATE = node(
            "audit.rate",
            Numbers.count(1, 1_000, "5"),
            10,
            "How many entities are compared with the database in a second at the most.");
    static final Setting<List<String>> ALLOWED_TYPES = node(
            "encoding.allowed-types",
            new NamesType(
                    "names of classes, separated by commas", "com.acme.Money,com.acme.Colour", NamesType.CLASS_NAME),
            List.of(),
            "Classes that cached attributes may hold beyond those that the mapping names.");
    static final Setting<List<String>> QUERY_REGIONS = node(
            "query-regions",
            new NamesType("names of regions, separated by commas", "reports,search", Pattern.compile("\\S(.*\\S)?")),
            List.of(),
            "Regions that only queries name, at run time, so that they begin with the node, and settings for them are not taken "
                    + "for misspelt; those of named queries are known.");
    static final Setting<Boolean> JMX = node(
            "jmx",
            new FlagType(),
            true,
            "Whether MBeans under `dev.hearth` and `javax.cache` show what is counted, and let an operator evict.");
    static final Setting<Duration> SAMPLE_INTERVAL = node(
            "statistics.sample-interval",
            Durations.from("1s", "1d", "5m"),
            Durations.of("1m"),
            "How often the sizes of regions, and Redis's memory, are looked up.");
    static final Setting<Integer> SAMPLE_PAGES = node(
            "statistics.sample-pages",
            Numbers.count(0, 10_000, "100"),
            20,
            "How many pages of 250 keys that may walk on each master, at one command a page; 0 for no looking up.");
    static final Setting<Duration> TIME_TO_LIVE = region(
            "time-to-live",
            Durations.from("1s", "365d", "30m"),
            Durations.of("1h"),
            "How long an entry stays in Redis unless it is removed before.");
    static final Setting<Duration> LOCK_TIMEOUT = region(
            "lock-timeout",
            Durations.from("1s", "1h", "1m"),
            Durations.of("30s"),
            "When the soft lock of a node that died lapses; live nodes renew theirs.");
    static final Setting<Duration> FENCE_HORIZON = region(
            "fence-horizon",
            Durations.from("10s", "24h", "10m"),
            Durations.of("5m"),
            "How long after its begin a transaction may still publish what it read.");
    static final Setting<Integer> BUCKETS = region(
            "buckets",
            Numbers.count(1, 1024, "16").or("auto", 0),
            0,
            "The parts that a region is spread over; `auto` is 64 on a Cluster and 1 elsewhere.");
    static final Setting<Integer> FENCE_STRIPES = region(
            "fence-stripes",
            Numbers.count(16, 65_536, "4096"),
            1024,
            "The stamps that the entries of a bucket share as fences, 16 bytes each.");
    static final Setting<Integer> COMPRESSION_THRESHOLD = region(
            "compression-threshold",
            Numbers.size("64B", "64MiB", "4KiB").or("off", -1),
            -1,
            "The size from which an entry is compressed.");
    static final Setting<Integer> MAXIMUM_ENTRY_SIZE = region(
            "maximum-entry-size",
            Numbers.size("1KiB", "64MiB", "512KiB"),
            Numbers.sizeOf("1MiB"),
            "The size beyond which an entry is not stored.");
    static final Setting<Integer> MAXIMUM_RESULTS = region(
            "maximum-results",
            Numbers.count(1, 10_000_000, "50000"),
            10_000,
            "The results that a query region keeps in Redis, of which the oldest give way; nothing to other regions.");
    static final Setting<Puts> PUTS = region(
            "puts",
            new ChoiceType<>(Puts.class),
            Puts.ASYNC,
            "Whether a put after a load waits to learn if it was stored.");
    static final Setting<OnUnavailable> ON_UNAVAILABLE = region(
            "on-unavailable",
            new ChoiceType<>(OnUnavailable.class),
            OnUnavailable.DEGRADE,
            "Whether a transaction that cannot lock in Redis commits all the same, or is rolled back.");
    static final Setting<NearMode> NEAR = region(
            "near",
            new ChoiceType<>(NearMode.class),
            NearMode.AUTO,
            "Whether copies are kept inside the process: not at all (`off`), stale for at most the delivery of a message "
                    + "(`fast`), or never stale (`strict`); `auto` is `strict` for READ_WRITE and query results, else `fast`.");
    static final Setting<Integer> NEAR_MAXIMUM_ENTRIES = region(
            "near.maximum-entries",
            Numbers.count(1, 100_000_000, "50000"),
            10_000,
            "How many copies are kept inside the process, of which the least used give way.");
    static final Setting<Integer> NEAR_MAXIMUM_SIZE = region(
            "near.maximum-size",
            Numbers.size("64KiB", "1GiB", "64MiB").or("off", -1),
            -1,
            "How many bytes of copies are kept inside the process, counted as they are encoded, in place of a number of them.");
    static final Setting<Duration> NEAR_TIME_TO_LIVE = region(
            "near.time-to-live",
            Durations.from("100ms", "365d", "1m"),
            Durations.of("5m"),
            "How long a copy is kept inside the process after it was read, beyond which Redis is asked again.");
    static final Setting<Integer> NEAR_HAND_OVER = region(
            "near.hand-over",
            Numbers.count(0, 10_000, "1000"),
            256,
            "How many of the keys that are used most a node leaves in Redis, for a node that starts to keep their entries from "
                    + "the beginning; 0 for none.");

    private static final List<Setting<?>> ALL = List.of(
            KEYSPACE,
            REDIS_URL,
            REDIS_CONFIG,
            REDIS_CLIENT,
            REDIS_USER,
            REDIS_PASSWORD,
            REDIS_DATABASE,
            REDIS_CONNECTIONS,
            COMMAND_TIMEOUT,
            CONNECT_TIMEOUT,
            TRUSTSTORE,
            TRUSTSTORE_PASSWORD,
            KEYSTORE,
            KEYSTORE_PASSWORD,
            VERIFY_HOSTNAME,
            POLL_INTERVAL,
            DRIFT_MARGIN,
            STAMP_VALIDITY,
            NEAR_LEASE,
            MAXIMUM_IN_FLIGHT,
            JOINED_TRANSACTIONS,
            NATIVE_STATEMENTS,
            STATISTICS,
            STATISTICS_QUERIES,
            AUDIT_SAMPLE,
            AUDIT_RATE,
            ALLOWED_TYPES,
            QUERY_REGIONS,
            JMX,
            SAMPLE_INTERVAL,
            SAMPLE_PAGES,
            TIME_TO_LIVE,
            LOCK_TIMEOUT,
            FENCE_HORIZON,
            BUCKETS,
            FENCE_STRIPES,
            COMPRESSION_THRESHOLD,
            MAXIMUM_ENTRY_SIZE,
            MAXIMUM_RESULTS,
            PUTS,
            ON_UNAVAILABLE,
            NEAR,
            NEAR_MAXIMUM_ENTRIES,
            NEAR_MAXIMUM_SIZE,
            NEAR_TIME_TO_LIVE,
            NEAR_HAND_OVER);

    private SettingTable() {}

    /** The settings, in the order in which a reader meets them. */
    public static List<Setting<?>> all() {
        return ALL;
    }

    /**
     * The setting of this name behind {@link Setting#PREFIX}, also where a kind or a region stands before it; empty if the
     * name means nothing.
     */
    public static Optional<Setting<?>> find(String name) {
        return Optional.ofNullable(SettingKeys.find(name)).map(SettingKeys.Place::setting);
    }

    private static TextType store() {
        return TextType.of(
                "the path of a PKCS12 or JKS file, or classpath: and the name of a resource",
                "classpath:redis-trust.p12");
    }

    private static <T> Setting<T> node(String name, SettingType<T> type, @Nullable T defaultValue, String description) {
        return new Setting<>(name, Scope.NODE, type, defaultValue, description);
    }

    private static <T> Setting<T> region(String name, SettingType<T> type, T defaultValue, String description) {
        return new Setting<>(name, Scope.REGION, type, defaultValue, description);
    }
}
