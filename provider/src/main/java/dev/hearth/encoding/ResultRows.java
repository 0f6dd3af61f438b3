package dev.hearth.encoding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a result and their number after them, as Hibernate's query cache keeps them. */
final class ResultRows {
    /* Hibernate takes an array of objects for a row of several columns, and anything else for the value of the only one. */

    /** The width of rows when there are none. */
    static final int UNKNOWN = -1;

    private ResultRows() {}

    /**
     * Checks what Hibernate relies on without a check of its own, and tells how many columns a row has.
     *
     * @throws NotEncodable if the rows differ in their width, if they are not followed by their number, or if
     *     Hibernate would not recognize them
     */
    static int check(List<? extends @Nullable Object> rowsAndCount) {
        int rows = rowsAndCount.size() - 1;
        if (rows < 0 || !(rowsAndCount.get(rows) instanceof Integer)) {
            throw new NotEncodable("a result does not end with the number of its rows");
        }
        int width = UNKNOWN;
        for (Object row : rowsAndCount.subList(0, rows)) {
            int own = widthOf(row);
            if (width != UNKNOWN && own != width) {
                throw new NotEncodable("the rows of a result have " + width + " and " + own + " columns");
            }
            width = own;
        }
        return width;
    }

    private static int widthOf(@Nullable Object row) {
        if (!(row instanceof Object[] columns)) {
            return 1;
        }
        if (columns.getClass() != Object[].class) {
            throw new NotEncodable("the only column of a result holds an array of "
                    + columns.getClass().getComponentType().getName()
                    + ", which Hibernate would take for a row when it reads it back");
        }
        return columns.length;
    }
}
