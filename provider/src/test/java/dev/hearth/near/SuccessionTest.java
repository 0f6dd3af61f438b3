package dev.hearth.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.near.Succession.Place;
import org.junit.jupiter.api.Test;

final class SuccessionTest {
    private static final String OURS = "0001700000000000";
    private static final String OTHER = "0001700000000001";

    private final Succession succession = new Succession();

    private Place heartbeat(String counter, long number) {
        return succession.place(new Notice.Number(counter, number), true);
    }

    private Place change(String counter, long number) {
        return succession.place(new Notice.Number(counter, number), false);
    }

    @Test
    void theFirstHeartbeatOfASubscriptionIsAnyAndWhatFollowsIsOneMore() {
        assertThat(heartbeat(OURS, 41)).isEqualTo(Place.NEXT);
        assertThat(change(OURS, 42)).isEqualTo(Place.NEXT);
        assertThat(heartbeat(OURS, 43)).isEqualTo(Place.NEXT);
        succession.begins();
        assertThat(heartbeat(OURS, 97)).isEqualTo(Place.NEXT);
        assertThat(change(OURS, 98)).isEqualTo(Place.NEXT);
    }

    @Test
    void beforeTheFirstHeartbeatNothingIsKeptSoNothingIsMissed() {
        assertThat(change(OURS, 41)).isEqualTo(Place.NEXT);
        assertThat(change(OURS, 43)).isEqualTo(Place.NEXT);
        assertThat(heartbeat(OURS, 45)).isEqualTo(Place.NEXT);
    }

    @Test
    void aMissingNumberIsSeenOnce() {
        heartbeat(OURS, 41);

        assertThat(change(OURS, 43)).isEqualTo(Place.BEHIND_A_GAP);
        assertThat(change(OURS, 44)).isEqualTo(Place.NEXT);
        assertThat(heartbeat(OURS, 46)).isEqualTo(Place.BEHIND_A_GAP);
        assertThat(heartbeat(OURS, 47)).isEqualTo(Place.NEXT);
    }

    @Test
    void aNumberThatComesTwiceOrGoesBackFollowsNothing() {
        heartbeat(OURS, 41);

        assertThat(change(OURS, 41)).isEqualTo(Place.BEHIND_A_GAP);
        assertThat(change(OURS, 7)).isEqualTo(Place.BEHIND_A_GAP);
        assertThat(change(OURS, 8)).isEqualTo(Place.NEXT);
    }

    @Test
    void aHeartbeatOfAnotherCounterSaysThatOursWasLost() {
        heartbeat(OURS, 41);

        assertThat(heartbeat(OTHER, 42)).isEqualTo(Place.OF_A_NEW_COUNTER);
        assertThat(change(OTHER, 43)).isEqualTo(Place.NEXT);
    }

    @Test
    void whatIsCountedInAnotherDatabaseIsNotMissed() {
        heartbeat(OURS, 41);

        assertThat(change(OTHER, 7)).isEqualTo(Place.NEXT);
        assertThat(change(OTHER, 9)).isEqualTo(Place.NEXT);
        assertThat(change(OURS, 42)).isEqualTo(Place.NEXT);
    }

    @Test
    void messagesOfAClusterAreNotCounted() {
        assertThat(succession.place(null, true)).isEqualTo(Place.NEXT);
        assertThat(succession.place(null, false)).isEqualTo(Place.NEXT);
    }
}
