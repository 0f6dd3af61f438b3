package dev.hearth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.HearthSettings;
import dev.hearth.hibernate.ServedEntity;
import dev.hearth.hibernate.ServedEntity.Standing;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What an audit makes of what it sees, one look after the other. */
final class VerdictTest {
    private static final Standing IN_REDIS = new Standing(false, 7);
    private static final Standing ANOTHER_IN_REDIS = new Standing(false, 8);
    private static final Standing NEAR = new Standing(true, Standing.NONE);
    private static final Standing BOTH = new Standing(true, 7);
    private static final Standing GONE = new Standing(false, Standing.NONE);

    @Test
    void whatTheDatabaseHasIsTrue() {
        assertThat(Verdict.on(new FakeServed(List.of(IN_REDIS), List.of(true)))).isEqualTo(Verdict.TRUE);
    }

    @Test
    void aDifferenceIsStaleOnlyIfTheSameEntryStillStandsAndTheDatabaseStillDiffers() {
        assertThat(verdict(IN_REDIS, IN_REDIS, false)).isEqualTo(Verdict.STALE);
        assertThat(verdict(NEAR, NEAR, false)).isEqualTo(Verdict.STALE);
        assertThat(verdict(BOTH, IN_REDIS, false)).isEqualTo(Verdict.STALE);
        assertThat(verdict(BOTH, NEAR, false)).isEqualTo(Verdict.STALE);
        assertThat(verdict(IN_REDIS, IN_REDIS, true)).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void whatHasChangedMeanwhileIsNoAlarm() {
        assertThat(verdict(IN_REDIS, GONE, false)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict(IN_REDIS, ANOTHER_IN_REDIS, false)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict(NEAR, IN_REDIS, false)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict(BOTH, ANOTHER_IN_REDIS, false)).isEqualTo(Verdict.UNDECIDED);
        assertThat(Verdict.on(new FakeServed(List.of(GONE), List.of()))).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void figuresAreKeptByRegionAndAFailureDecidesNothing() {
        Auditor auditor = new Auditor("node", HearthSettings.read(Map.of()).audit());
        auditor.audit(new FakeServed(List.of(IN_REDIS), List.of(true)));
        auditor.audit(new FakeServed(List.of(IN_REDIS, IN_REDIS), List.of(false, false)));
        auditor.audit(new FakeServed(List.of(IN_REDIS, GONE), List.of(false)));
        auditor.audit(new FakeServed(List.of(IN_REDIS), List.of()));

        assertThat(auditor.figures()).containsOnly(Map.entry("region", new AuditFigures(2, 1, 2)));
        assertThat(auditor.figures().get("region").staleShare()).isEqualTo(0.5);
    }

    private static Verdict verdict(Standing before, Standing after, boolean agreesAtLast) {
        return Verdict.on(new FakeServed(List.of(before, after), List.of(false, agreesAtLast)));
    }

    /** Is seen as these say, one after the other; fails where they end. */
    private static final class FakeServed implements ServedEntity {
        private final Queue<Standing> standings;
        private final Queue<Boolean> answers;

        FakeServed(List<Standing> standings, List<Boolean> answers) {
            this.standings = new ArrayDeque<>(standings);
            this.answers = new ArrayDeque<>(answers);
        }

        @Override
        public String region() {
            return "region";
        }

        @Override
        public Standing standing() {
            return standings.remove();
        }

        @Override
        public boolean agreesWithDatabase() {
            return answers.remove();
        }
    }
}
