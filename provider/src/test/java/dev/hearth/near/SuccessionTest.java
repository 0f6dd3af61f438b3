package dev.hearth.near;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SuccessionTest {
    private static final String OURS = "0001700000000000";
    private static final String OTHER = "0001700000000001";

    private final Succession succession = new Succession();

    private boolean heartbeat(String counter, long number) {
        return succession.follows(new Notice.Number(counter, number), true);
    }

    private boolean change(String counter, long number) {
        return succession.follows(new Notice.Number(counter, number), false);
    }

    @Test
    void theFirstHeartbeatOfASubscriptionIsAnyAndWhatFollowsIsOneMore() {
        assertThat(heartbeat(OURS, 41)).isTrue();
        assertThat(change(OURS, 42)).isTrue();
        assertThat(heartbeat(OURS, 43)).isTrue();
        succession.begins();
        assertThat(heartbeat(OURS, 97)).isTrue();
        assertThat(change(OURS, 98)).isTrue();
    }

    @Test
    void beforeTheFirstHeartbeatNothingIsKeptSoNothingIsMissed() {
        assertThat(change(OURS, 41)).isTrue();
        assertThat(change(OURS, 43)).isTrue();
        assertThat(heartbeat(OURS, 45)).isTrue();
    }

    @Test
    void aMissingNumberIsSeenOnce() {
        heartbeat(OURS, 41);

        assertThat(change(OURS, 43)).isFalse();
        assertThat(change(OURS, 44)).isTrue();
        assertThat(heartbeat(OURS, 46)).isFalse();
        assertThat(heartbeat(OURS, 47)).isTrue();
    }

    @Test
    void aNumberThatComesTwiceOrGoesBackFollowsNothing() {
        heartbeat(OURS, 41);

        assertThat(change(OURS, 41)).isFalse();
        assertThat(change(OURS, 7)).isFalse();
        assertThat(change(OURS, 8)).isTrue();
    }

    @Test
    void aHeartbeatOfAnotherCounterSaysThatOursWasLost() {
        heartbeat(OURS, 41);

        assertThat(heartbeat(OTHER, 42)).isFalse();
        assertThat(change(OTHER, 43)).isTrue();
    }

    @Test
    void whatIsCountedInAnotherDatabaseIsNotMissed() {
        heartbeat(OURS, 41);

        assertThat(change(OTHER, 7)).isTrue();
        assertThat(change(OTHER, 9)).isTrue();
        assertThat(change(OURS, 42)).isTrue();
    }

    @Test
    void messagesOfAClusterAreNotCounted() {
        assertThat(succession.follows(null, true)).isTrue();
        assertThat(succession.follows(null, false)).isTrue();
    }
}
