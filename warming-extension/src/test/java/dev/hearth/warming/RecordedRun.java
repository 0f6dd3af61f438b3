package dev.hearth.warming;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run that goes on until the test ends it, and keeps what it was told. */
final class RecordedRun implements Run {
    /** What a page was told to have done. */
    record Page(
            long read, long stored, long skipped, @Nullable String checkpoint) {}

    /** Something that happens before a page. */
    @FunctionalInterface
    interface Before {
        void page(int number) throws InterruptedException;
    }

    final List<Page> pages = new ArrayList<>();
    private final @Nullable String from;
    private final Before before;
    private int asked;

    RecordedRun() {
        this(null, number -> {});
    }

    /**
     * @param from the checkpoint to go on from
     * @param before is told the number of the page, from 0, each time that the loader asks
     */
    RecordedRun(@Nullable String from, Before before) {
        this.from = from;
        this.before = before;
    }

    @Override
    public @Nullable String checkpoint() {
        return from;
    }

    @Override
    public void beforePage(int rows) throws InterruptedException {
        before.page(asked++);
    }

    @Override
    public void afterPage(long read, long stored, long skipped, @Nullable String checkpoint) {
        pages.add(new Page(read, stored, skipped, checkpoint));
    }

    long read() {
        return pages.stream().mapToLong(Page::read).sum();
    }

    long stored() {
        return pages.stream().mapToLong(Page::stored).sum();
    }

    long skipped() {
        return pages.stream().mapToLong(Page::skipped).sum();
    }

    @Nullable
    String reached() {
        return pages.get(pages.size() - 1).checkpoint();
    }
}
