package dev.hearth.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, for example {@code redis://localhost:6379}.
 *
 * @param deployment what stands there
 * @param tls whether the connection is encrypted: {@code rediss://} or {@code valkeys://}
 * @param hosts of the server, the Cluster's nodes or the Sentinels; at least one
 * @param masterName what the Sentinels call the master; null unless the deployment is Sentinel
 * @param user who logs in, if the address says so
 * @param password with which, if the address says so
 * @param database its number, if the address says so
 */
public record RedisUrl(
        Deployment deployment,
        boolean tls,
        List<Host> hosts,
        @Nullable String masterName,
        @Nullable String user,
        @Nullable String password,
        @Nullable Integer database) {
    private static final Pattern ADDRESS =
            Pattern.compile("(?<scheme>(?:redis|valkey)(?<tls>s?)(?<kind>\\+cluster|\\+sentinel)?)://"
                    + "(?:(?<login>.*)@)?(?<hosts>[^/@]+)(?<path>(?:/[^/@]+)*)/?");
    private static final Pattern HOST =
            Pattern.compile("(?<name>\\[[0-9A-Fa-f:.]+]|[^\\s\\[\\]:]+)(?::(?<port>\\d{1,5}))?");
    private static final Pattern LOGIN_IN_ADDRESS = Pattern.compile("^([A-Za-z+]*://)?.*@", Pattern.DOTALL);
    private static final Pattern DATABASE = Pattern.compile("\\d{1,5}");
    private static final int HIGHEST_PORT = 65_535;

    /* After the patterns, which it needs. */
    /** One server on this machine. */
    public static final RedisUrl DEFAULT = parse("redis://localhost:6379");

    /** What stands at an address. */
    public enum Deployment {
        SINGLE(6379),
        SENTINEL(26379),
        CLUSTER(6379);

        private final int defaultPort;

        Deployment(int defaultPort) {
            this.defaultPort = defaultPort;
        }
    }

    /** A server's name or address, IPv6 in brackets, and its port. */
    public record Host(String name, int port) {
        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    public RedisUrl {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) throw new IllegalArgumentException("which names no host");
        if ((deployment == Deployment.SENTINEL) != (masterName != null)) {
            throw new IllegalArgumentException("where exactly a Sentinel address ends with the name of its master");
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is malformed; the message follows the value, as in "which names no host"
     */
    public static RedisUrl parse(String text) {
        Matcher matcher = ADDRESS.matcher(text.strip());
        if (!matcher.matches()) throw new IllegalArgumentException("which is not an address of Redis");
        String[] hosts = matcher.group("hosts").split(",", -1);
        Deployment deployment = deployment(matcher.group("kind"), hosts.length);
        String[] path = matcher.group("path").split("/", -1);
        boolean sentinel = deployment == Deployment.SENTINEL;
        int databaseAt = sentinel ? 2 : 1;
        if (path.length > databaseAt + 1) throw new IllegalArgumentException("which ends with too many parts");
        String login = matcher.group("login");
        int colon = login == null ? -1 : login.indexOf(':');
        return new RedisUrl(
                deployment,
                !matcher.group("tls").isEmpty(),
                hosts(hosts, deployment.defaultPort),
                sentinel && path.length > 1 ? path[1] : null,
                login == null || colon < 1 ? null : decode(login.substring(0, colon)),
                login == null ? null : decode(login.substring(colon + 1)),
                path.length > databaseAt ? database(path[databaseAt]) : null);
    }

    /** The addresses as Redisson takes them. */
    public List<String> addresses() {
        String scheme = tls ? "rediss://" : "redis://";
        return hosts.stream().map(host -> scheme + host).toList();
    }

    /** This text without what may be a login, whether it is an address or not. */
    static String withoutLogin(String text) {
        return LOGIN_IN_ADDRESS.matcher(text).replaceFirst("$1***@");
    }

    private static Deployment deployment(@Nullable String kind, int hosts) {
        if (kind == null) return hosts == 1 ? Deployment.SINGLE : Deployment.CLUSTER;
        return kind.equals("+cluster") ? Deployment.CLUSTER : Deployment.SENTINEL;
    }

    private static List<Host> hosts(String[] texts, int defaultPort) {
        List<Host> hosts = new ArrayList<>();
        for (String text : texts) {
            Matcher matcher = HOST.matcher(text.strip());
            if (!matcher.matches()) throw new IllegalArgumentException("where '" + text + "' is not a host and port");
            String port = matcher.group("port");
            Host host = new Host(matcher.group("name"), port == null ? defaultPort : Integer.parseInt(port));
            if (host.port() < 1 || host.port() > HIGHEST_PORT) {
                throw new IllegalArgumentException("where the port " + port + " is not from 1 to " + HIGHEST_PORT);
            }
            hosts.add(host);
        }
        return hosts;
    }

    private static int database(String text) {
        if (!DATABASE.matcher(text).matches()) {
            throw new IllegalArgumentException("where '" + text + "' is not the number of a database");
        }
        return Integer.parseInt(text);
    }

    /* A plus sign is itself here, not a space as in forms. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("where the login has a % that is not written %25", e);
        }
    }

    /** The address without user and password. */
    @Override
    public String toString() {
        String end = (masterName == null ? "" : "/" + masterName) + (database == null ? "" : "/" + database);
        String kind =
                deployment == Deployment.SINGLE ? "" : "+" + deployment.name().toLowerCase(Locale.ROOT);
        return (tls ? "rediss" : "redis") + kind + "://"
                + String.join(",", hosts.stream().map(Host::toString).toList()) + end;
    }
}
