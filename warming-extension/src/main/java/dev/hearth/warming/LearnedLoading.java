package dev.hearth.warming;

import dev.hearth.BulkLoad;
import dev.hearth.warming.WarmTarget.Learned.HotCollections;
import dev.hearth.warming.WarmTarget.Learned.HotEntities;
import dev.hearth.warming.WarmTarget.Learned.HotResults;
import dev.hearth.warming.WarmTarget.Learned.Part;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/** Loads what was hot before, part after part, of each what Redis does not have. */
final class LearnedLoading {
    private final SessionFactoryImplementor factory;
    private final List<Part> parts;
    private final Run run;
    private final int page;
    private Place next;

    LearnedLoading(SessionFactoryImplementor factory, List<Part> parts, Run run, int page) {
        this.factory = factory;
        this.parts = parts;
        this.run = run;
        this.page = page;
        this.next = Place.read(run.checkpoint());
    }

    /** How far a run is: in which part, and at which of its ids or results. */
    private record Place(int part, int at) {
        static Place read(@Nullable String text) {
            String[] numbers = text == null ? new String[0] : text.split(":", -1);
            try {
                return numbers.length == 2
                        ? new Place(
                                Math.max(0, Integer.parseInt(numbers[0])), Math.max(0, Integer.parseInt(numbers[1])))
                        : new Place(0, 0);
            } catch (NumberFormatException e) {
                return new Place(0, 0);
            }
        }

        String text() {
            return part + ":" + at;
        }
    }

    void load() throws InterruptedException {
        while (next.part < parts.size()) {
            load(parts.get(next.part));
            next = new Place(next.part + 1, 0);
        }
    }

    private void load(Part part) throws InterruptedException {
        if (part instanceof HotEntities hot) {
            EntityPage entities = new EntityPage(queries(factory, hot.entity(), Set.of(), hot.naturalIds()));
            load(hot.ids(), hot.naturalIds(), (load, ids, end) -> entities.read(load, ids, null, true, end));
        } else if (part instanceof HotCollections hot) {
            EntityPage entities = new EntityPage(queries(factory, hot.owner(), Set.of(hot.collection()), false));
            load(hot.keys(), false, entities::readCollections);
        } else {
            load(((HotResults) part).results());
        }
    }

    /** Reads what is missing of a page. */
    @FunctionalInterface
    private interface Reader {
        Pages.Read read(BulkLoad load, List<Object> ids, String checkpoint);
    }

    private void load(List<Object> ids, boolean naturalIds, Reader reader) throws InterruptedException {
        Pages pages = new Pages(factory, naturalIds, run);
        for (int from = next.at; from < ids.size(); from = next.at) {
            List<Object> some = ids.subList(from, Math.min(ids.size(), from + page));
            next = new Place(next.part, from + some.size());
            String checkpoint = next.text();
            pages.next(some.size(), load -> reader.read(load, some, checkpoint));
        }
    }

    private void load(WarmTarget.Results results) throws InterruptedException {
        ResultLoading loading = new ResultLoading(factory, results, run);
        List<Map<String, Object>> sets = results.parameters();
        for (int i = next.at; i < sets.size(); i++) {
            loading.load(sets.get(i), new Place(next.part, i + 1).text());
        }
    }

    static EntityQueries queries(
            SessionFactoryImplementor factory, Class<?> entity, Set<String> collections, boolean naturalIds) {
        return new EntityQueries(
                factory, new WarmTarget.Entities(entity, null, Map.of(), List.of(), 0, collections, naturalIds));
    }
}
