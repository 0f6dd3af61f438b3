package dev.hearth.encoding;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.sql.results.jdbc.internal.CachedJdbcValuesMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A query's result: the second hash of the query's key, whether there are column metadata and those, the number of values and
 * the values (the rows, and then their number), and the hints.
 */
final class ResultForm implements EntryForm {
    private static final Shape ANYTHING = new Shape.Anything("any value");
    private static final int FORM_VERSION = 1;

    private final ResultModel model;
    private final ResultMetadata metadata;
    private final int limit;

    /** @param limit bytes of the whole, and characters of all hints */
    ResultForm(ResultModel model, ResultMetadata metadata, int limit) {
        this.model = model;
        this.metadata = metadata;
        this.limit = limit;
    }

    @Override
    public void write(ValueEngine engine, WireOutput out, Object value) {
        CheckedResult result = (CheckedResult) value;
        List<?> values = result.results();
        out.writeCounted(result.check());
        boolean described = !values.isEmpty() && values.get(0) instanceof CachedJdbcValuesMetadata;
        out.writeBoolean(described);
        if (described) {
            metadata.write(out, (CachedJdbcValuesMetadata) values.get(0));
            values = values.subList(1, values.size());
        }
        if (described || !values.isEmpty()) {
            ResultRows.check(values);
        }
        out.writeCount(values.size());
        for (Object row : values) {
            EntryForm.write(engine, "a row", ANYTHING, row);
        }
        FrontCoding.write(out, result.hints(), limit);
    }

    @Override
    public Object read(ValueEngine engine, WireInput in) {
        byte[] check = in.readCounted();
        List<@Nullable Object> results = new ArrayList<>();
        ResultMetadata.@Nullable Columns columns = in.readBoolean() ? metadata.read(in) : null;
        List<@Nullable Object> values = readValues(engine, in);
        if (columns != null) {
            results.add(columns.restored());
        }
        if (columns != null || !values.isEmpty()) {
            int width = ResultRows.check(values);
            if (columns != null && !columns.fit(width)) {
                throw new IllegalArgumentException("The rows have other columns than the metadata");
            }
        }
        results.addAll(values);
        return new OpenedResult(check, new StoredResult(results, new ResultHints(FrontCoding.skim(in), limit)));
    }

    private static List<@Nullable Object> readValues(ValueEngine engine, WireInput in) {
        int count = in.readCount(1);
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(engine.readValue());
        }
        return values;
    }

    @Override
    public String describe() {
        return "query results " + FORM_VERSION + '\n' + model.describe();
    }
}
