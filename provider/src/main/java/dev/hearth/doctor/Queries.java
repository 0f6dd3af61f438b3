package dev.hearth.doctor;

import dev.hearth.hibernate.HibernateNode;
import dev.hearth.statistics.QueryFigures;
import dev.hearth.statistics.QueryLedger.Order;
import java.util.Collections;
import java.util.Locale;
import java.util.stream.Stream;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.persister.entity.EntityPersister;

/** Which entities the rows of cached queries lead to, as far as their text tells. */
final class Queries {
    private static final int MAXIMUM_SUBJECT = 300;

    private Queries() {}

    /** A query, and an entity that it selects. */
    record Selected(QueryFigures query, EntityPersister entity) {}

    /** The entities of which the cache keeps no more than the ids in the results of queries that were asked lately. */
    static Stream<Selected> shallow(HibernateNode node) {
        return node.queries().top(Integer.MAX_VALUE, Order.CALLS).stream()
                .flatMap(query -> Mapping.roots(node)
                        .filter(EntityPersister::useShallowQueryCacheLayout)
                        .filter(entity ->
                                !Collections.disjoint(query.invalidations().keySet(), Mapping.tables(entity)))
                        .filter(entity -> selects(query.sql(), entity))
                        .map(entity -> new Selected(query, entity)));
    }

    /* Hibernate lists every column of an entity that it selects, those of its superclasses too, and of a scalar its own. */
    private static boolean selects(String sql, EntityPersister entity) {
        String text = sql.toLowerCase(Locale.ROOT);
        int from = text.indexOf(" from ");
        if (!text.startsWith("select ") || from < 0) {
            return false;
        }
        String columns = text.substring("select ".length(), from) + ",";
        boolean[] all = {true};
        entity.getIdentifierMapping().forEachSelectable((index, column) -> all[0] &= names(columns, column));
        entity.getAttributeMappings()
                .forEach(attribute -> attribute.forEachSelectable((index, column) -> all[0] &= names(columns, column)));
        return all[0];
    }

    private static boolean names(String columns, SelectableMapping column) {
        return column.isFormula()
                || columns.contains("." + column.getSelectionExpression().toLowerCase(Locale.ROOT) + ",");
    }

    /** The query's text, of a length that a log line bears. */
    static String subject(QueryFigures query) {
        return query.sql().length() <= MAXIMUM_SUBJECT
                ? query.sql()
                : query.sql().substring(0, MAXIMUM_SUBJECT) + "…";
    }
}
