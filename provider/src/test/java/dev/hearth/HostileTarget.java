package dev.hearth;

import dev.hearth.test.RedisConnection;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Order;
import java.util.List;
import java.util.function.Function;
import org.hibernate.Session;

/** What lies in Redis for one customer, and the lookup that reads it. */
enum HostileTarget {
    ENTITY(Customer.class.getName(), "}:", HostileTarget::name),
    COLLECTION(Customer.class.getName() + ".orders", "}:", HostileTarget::orders),
    NATURAL_ID(Customer.class.getName() + "##NaturalId", "}:", HostileTarget::idByEmail),
    RECORD(Customer.class.getName(), "}", HostileTarget::name),
    FENCES(Customer.class.getName(), "}#", HostileTarget::name);

    static final long ID = 1;
    static final String EMAIL = "ada@example.org";

    private final String region;
    private final String mark;
    private final Function<Session, Object> lookup;

    HostileTarget(String region, String mark, Function<Session, Object> lookup) {
        this.region = region;
        this.mark = mark;
        this.lookup = lookup;
    }

    String region() {
        return region;
    }

    /** The key under which it lies; the entries of other customers have others. */
    String key(RedisConnection redis) {
        List<String> keys = redis.keys("*{" + region + ".0" + mark + (mark.equals("}:") ? "*" : "")).stream()
                .filter(key -> !key.endsWith(":2") && !key.contains("bob"))
                .toList();
        if (keys.size() != 1) {
            throw new AssertionError(this + " lies under " + keys + " of " + redis.keys("*"));
        }
        return keys.get(0);
    }

    Object lookUp(Session session) {
        return lookup.apply(session);
    }

    /** What the lookup must answer when the customer has this name. */
    Object expected(String name) {
        return switch (this) {
            case ENTITY, RECORD, FENCES -> name;
            case COLLECTION -> List.of(1L);
            case NATURAL_ID -> ID;
        };
    }

    private static Object name(Session session) {
        return session.find(Customer.class, ID).getName();
    }

    private static Object orders(Session session) {
        return session.find(Customer.class, ID).getOrders().stream()
                .map(Order::getId)
                .toList();
    }

    private static Object idByEmail(Session session) {
        return session.bySimpleNaturalId(Customer.class).load(EMAIL).getId();
    }
}
