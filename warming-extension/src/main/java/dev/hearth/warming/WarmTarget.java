package dev.hearth.warming;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a warming task wants to be in the cache. */
public sealed interface WarmTarget {
    /**
     * Entities of one class and its subclasses.
     *
     * @param entity the mapped class
     * @param restriction a condition in HQL over the alias {@code e}, such as {@code e.active = true}; null for all rows
     * @param parameters values for the parameters that the restriction names
     * @param order attributes to order by, each perhaps followed by {@code desc}; empty where the order does not matter
     * @param limit how many rows at the most; 0 for all
     * @param collections names of cached collections to fill along with their owners
     * @param naturalIds whether cached natural ids are filled, too
     */
    record Entities(
            Class<?> entity,
            @Nullable String restriction,
            Map<String, Object> parameters,
            List<String> order,
            long limit,
            Set<String> collections,
            boolean naturalIds)
            implements WarmTarget {}

    /**
     * Results of a cacheable named query.
     *
     * @param query its name
     * @param parameters a set of values for each result; one empty set for a query without parameters
     */
    record Results(String query, List<Map<String, Object>> parameters) implements WarmTarget {}

    /**
     * What was hot before, as the nodes have remembered it: which it is shows at each run.
     *
     * @param parts in the order in which they are warmed: entities and collections by their ids, and results
     */
    record Learned(List<Part> parts) implements WarmTarget {
        /** Something that was hot. */
        public sealed interface Part {
            /** About how many rows, or results, it has. */
            int size();
        }

        /**
         * Entities of a class and its subclasses.
         *
         * @param naturalIds whether cached natural ids are filled, too
         */
        public record HotEntities(Class<?> entity, List<Object> ids, boolean naturalIds) implements Part {
            @Override
            public int size() {
                return ids.size();
            }
        }

        /**
         * Collections of one role.
         *
         * @param owner the class that declares the collection
         * @param keys ids of the owners
         */
        public record HotCollections(Class<?> owner, String collection, List<Object> keys) implements Part {
            @Override
            public int size() {
                return keys.size();
            }
        }

        /** Results of a cacheable named query. */
        public record HotResults(Results results) implements Part {
            @Override
            public int size() {
                return results.parameters().size();
            }
        }
    }
}
