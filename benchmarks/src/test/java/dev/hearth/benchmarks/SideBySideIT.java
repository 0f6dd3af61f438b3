package dev.hearth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The runner still runs. Its figures are none here: a turn is some milliseconds. */
class SideBySideIT {
    @Test
    void everyKindOfRowIsMeasuredAndServedByTheCache() {
        Options options = Options.parse(
                "--rows=idle,find,natural-id,collection,query-20,query-500-shallow,find-2,update,mixed",
                "--quick",
                "--rounds=1",
                "--round=1ms",
                "--warm-up=1ms",
                "--nodes=2");
        String table = SideBySide.run(options, "");
        assertThat(options.rows())
                .hasSize(9)
                .allSatisfy(row -> assertThat(table).contains("| " + row.title() + " |"));
        assertThat(table).contains("| none | ", "| remote | ", "| jcache | ", "| jcache / none |");
    }

    @Test
    void aDelayIsAddedToBothServers() {
        String table = SideBySide.run(
                Options.parse("--quick", "--rows=find", "--variants=none", "--delay=2ms", "--rounds=1"), "");
        String roundTrips = table.replaceAll("(?s).*round trip takes (.*) µs to Redis and (.*) µs to Post.*", "$1 $2");
        assertThat(List.of(roundTrips.replace(",", "").split(" ")))
                .allSatisfy(micros -> assertThat(Double.parseDouble(micros)).isBetween(4_000.0, 100_000.0));
    }

    @Test
    void aRowThatTheCacheDoesNotServeIsRefused() {
        Row row = Rows.named(List.of("find")).get(0);
        Row lying = new Row("lying", "", 1, false, new Row.Hit(0, 2), row.filling(), row.work());
        try (Site site = new Site(Duration.ZERO);
                Application application = Application.start(site, Variants.named("jcache"), 1)) {
            row.filling().accept(application);
            Operation find = row.work().on(application, 0);
            CacheCheck.verify(application, row, find);
            assertThatIllegalStateException()
                    .isThrownBy(() -> CacheCheck.verify(application, lying, find))
                    .withMessageContaining("[jcache, 1 node] 'lying' is not served by the cache")
                    .withMessageContaining("100 hits");
        }
    }

    @Test
    void remoteReadsAreMeasuredAgainstPlainGets() {
        String table = RemoteReads.run(Options.parse("--quick", "--variants=remote", "--rounds=1", "--round=1ms"), "");
        assertThat(table).contains("| one read, 1 thread | ", "| reads, 32 threads | ", "| hearth / get |");
    }

    @Test
    void anArgumentThatIsNotKnownIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse("--variant=none"))
                .withMessageContaining("--variants=NAMES");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse("--rows=fnid"))
                .withMessageContaining("find");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse("--delay=0.25"))
                .withMessageContaining("0.25ms");
    }
}
