package dev.hearth.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.histories.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Hand-made histories of one register, whose times are small numbers. */
final class HistoryCheckerTest {
    private static final String ROW = "note:1";

    private final List<CommittedWrite> committed = new ArrayList<>();
    private final List<CommitAttempt> attempts = new ArrayList<>();
    private final List<Read> reads = new ArrayList<>();

    @Test
    void aReadAfterTheAcknowledgementSeesTheCommit() {
        write("A", "one", 10, 20);
        read("one", 21, 22);
        assertThat(violations()).isEmpty();
    }

    @Test
    void aReadThatBeganAfterTheAcknowledgementAndSeesTheOldStateIsStale() {
        write("A", "one", 10, 20);
        write("B", "two", 30, 40);
        read("one", 41, 42);
        assertThat(violations()).containsExactly(Kind.STALE);
    }

    @Test
    void aReadBesideTheCommitMaySeeEitherState() {
        write("A", "one", 10, 20);
        write("B", "two", 30, 40);
        read("one", 35, 36);
        read("two", 36, 37);
        read("one", 15, 45);
        assertThat(violations()).isEmpty();
    }

    @Test
    void aReadAfterOneThatSawTheCommitMustSeeItToo() {
        write("A", "one", 10, 20);
        write("B", "two", 30, 90);
        read("two", 35, 36);
        read("one", 37, 38);
        assertThat(violations()).containsExactly(Kind.STALE);
    }

    @Test
    void aReadOfALaterStateProvesTheEarlierOnesSuperseded() {
        write("A", "one", 10, 20);
        unacknowledged("B", "two");
        write("C", "three", 30, 90);
        read("three", 35, 36);
        read("two", 37, 38);
        assertThat(violations()).containsExactly(Kind.STALE);
    }

    @Test
    void aStateThatIsSeenBeforeItsCommitIsEarly() {
        write("A", "one", 10, 20);
        read("one", 7, 9);
        assertThat(violations()).containsExactly(Kind.EARLY);
    }

    @Test
    void aStateThatWasRolledBackIsNeverCommitted() {
        write("A", "one", 10, 20);
        read("rolled back", 30, 31);
        assertThat(violations()).containsExactly(Kind.NEVER_COMMITTED);
    }

    @Test
    void aStateThatItsOwnTransactionReplacedIsNeverCommitted() {
        write("A", "one", 10, 20);
        committed.add(new CommittedWrite(ROW, "B", "half way"));
        write("B", "two", 30, 40);
        read("half way", 35, 36);
        assertThat(violations()).containsExactly(Kind.NEVER_COMMITTED);
    }

    @Test
    void aDeletedRowThatComesBackIsStale() {
        write("A", "one", 10, 20);
        write("B", null, 30, 40);
        read("one", 50, 51);
        assertThat(violations()).containsExactly(Kind.STALE);
    }

    @Test
    void aRowThatIsNotFoundAfterItsInsertIsStale() {
        write("A", "one", 10, 20);
        read(null, 21, 22);
        assertThat(violations()).containsExactly(Kind.STALE);
    }

    @Test
    void aRowMayBeGoneAgain() {
        write("A", "one", 10, 20);
        write("B", null, 30, 40);
        write("C", "three", 50, 60);
        write("D", null, 70, 80);
        read(null, 45, 46);
        read(null, 81, 82);
        assertThat(violations()).isEmpty();
        read(null, 62, 63);
        assertThat(violations()).containsExactly(Kind.STALE);
    }

    @Test
    void aCommitThatWasNeverAcknowledgedMayOrMayNotBeSeen() {
        write("A", "one", 10, 20);
        unacknowledged("B", "two");
        read("one", 30, 31);
        read("two", 32, 33);
        assertThat(violations()).isEmpty();
        read("one", 34, 35);
        assertThat(violations()).containsExactly(Kind.STALE);
    }

    @Test
    void registersDoNotConcernEachOther() {
        write("A", "one", 10, 20);
        reads.add(new Read("note:2", null, 30, 31, "test"));
        assertThat(violations()).isEmpty();
    }

    @Test
    void whatIsReadBeforeAnyWriteIsTheInitialState() {
        HistoryChecker checker = new HistoryChecker(
                Map.of(ROW, "zero"),
                List.of(new CommittedWrite(ROW, "A", "one")),
                List.of(new CommitAttempt("A", 10, 20)));
        assertThat(checker.check(List.of(new Read(ROW, "zero", 15, 16, "test"))))
                .isEmpty();
        assertThat(checker.check(List.of(new Read(ROW, "zero", 25, 26, "test"))))
                .hasSize(1);
        assertThat(checker.last()).isEqualTo(Map.of(ROW, "one"));
    }

    @Test
    void aReportNamesTheReaderAndWhatItMissed() {
        write("A", "one", 10, 20);
        write("B", "two", 30_000_000, 40_000_000);
        reads.add(new Read(ROW, "one", 41_000_000, 42_000_000, "node 2"));
        assertThat(new HistoryChecker(Map.of(), committed, attempts)
                        .check(reads)
                        .get(0))
                .hasToString("""
                        STALE note:1 read as one by node 2: 1.000 ms before the read began, two was known to be committed; \
                        the read took 1.000 ms;\s
                            one by A, committing at -41.000 ms, acknowledged at -41.000 ms
                            two by B, committing at -11.000 ms, acknowledged at -1.000 ms""".replace("\n", System.lineSeparator()));
    }

    private void write(String transaction, @Nullable String state, long committing, long acknowledged) {
        committed.add(new CommittedWrite(ROW, transaction, state));
        attempts.add(new CommitAttempt(transaction, committing, acknowledged));
    }

    private void unacknowledged(String transaction, String state) {
        committed.add(new CommittedWrite(ROW, transaction, state));
    }

    private void read(@Nullable String state, long began, long ended) {
        reads.add(new Read(ROW, state, began, ended, "test"));
    }

    private List<Kind> violations() {
        return new HistoryChecker(Map.of(), committed, attempts)
                .check(reads).stream().map(Violation::kind).toList();
    }
}
