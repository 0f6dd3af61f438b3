package dev.hearth.boot.actuate;

import dev.hearth.boot.HearthUnits;
import dev.hearth.boot.actuate.QueriesDescriptor.Query;
import dev.hearth.statistics.QueryLedger.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** What each cacheable query costs and gains, without its parameters. Calls nobody. */
@Endpoint(id = "hearthqueries", defaultAccess = Access.READ_ONLY)
public final class HearthQueriesEndpoint {
    private static final int USUAL_SIZE = 20;
    private static final int LARGEST_SIZE = 500;

    private final HearthUnits units;

    public HearthQueriesEndpoint(HearthUnits units) {
        this.units = units;
    }

    /** By what queries are sorted, as {@link dev.hearth.statistics.QueryLedger.Order} says. */
    public enum Sort {
        DATABASE_TIME(Comparator.comparingLong(Sort::databaseNanos)),
        CACHE_TIME(Comparator.comparingLong(query -> query.benefit().spentNanos())),
        BENEFIT(Comparator.comparingLong(query -> query.benefit().netNanos())),
        CALLS(Comparator.comparingLong(Query::calls)),
        MISSES(Comparator.comparingLong(Query::misses)),
        LAST_SEEN(Comparator.comparing(Query::lastSeen));

        private final Comparator<Query> ascending;

        Sort(Comparator<Query> ascending) {
            this.ascending = ascending;
        }

        private static long databaseNanos(Query query) {
            return query.benefit().savedNanos()
                    + query.database().meanNanos() * query.database().count();
        }
    }

    /**
     * A page of queries.
     *
     * @param sort by the database's time if null
     * @param ascending the highest figure comes first unless true
     * @param page from 0, which is also meant by null
     * @param size from 1 to 500; 20 if null
     * @param unit the session factory whose queries are meant; all if null
     */
    @ReadOperation
    public QueriesDescriptor queries(
            @Nullable Sort sort,
            @Nullable Boolean ascending,
            @Nullable Integer page,
            @Nullable Integer size,
            @Nullable String unit) {
        Sort by = sort == null ? Sort.DATABASE_TIME : sort;
        boolean up = Boolean.TRUE.equals(ascending);
        int number = page == null ? 0 : page;
        int length = size == null ? USUAL_SIZE : size;
        if (number < 0) throw refused("'page' must be 0 or more");
        if (length < 1 || length > LARGEST_SIZE) throw refused("'size' must be from 1 to " + LARGEST_SIZE);
        List<Query> all = new ArrayList<>();
        UnitChoice.of(units, unit)
                .forEach(of -> of.cache().queries().top(Integer.MAX_VALUE, Order.CALLS).stream()
                        .map(figures -> Query.of(of.name(), figures))
                        .forEach(all::add));
        all.sort(up ? by.ascending : Collections.reverseOrder(by.ascending));
        List<Query> chosen =
                all.stream().skip((long) number * length).limit(length).toList();
        return new QueriesDescriptor(
                all.size(), number, length, by.name().toLowerCase(Locale.ROOT).replace('_', '-'), up, chosen);
    }

    private static InvalidEndpointRequestException refused(String reason) {
        return new InvalidEndpointRequestException(reason, reason);
    }
}
