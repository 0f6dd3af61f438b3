package dev.hearth.near;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SuccessionTest {
    private final Succession succession = new Succession();

    @Test
    void theFirstNumberOfASubscriptionIsAnyAndTheNextIsOneMore() {
        assertThat(succession.follows(41)).isTrue();
        assertThat(succession.follows(42)).isTrue();
        succession.begins();
        assertThat(succession.follows(97)).isTrue();
        assertThat(succession.follows(98)).isTrue();
    }

    @Test
    void aMissingNumberIsSeenOnce() {
        succession.follows(41);

        assertThat(succession.follows(43)).isFalse();
        assertThat(succession.follows(44)).isTrue();
    }

    @Test
    void aNumberThatComesTwiceOrGoesBackFollowsNothing() {
        succession.follows(41);

        assertThat(succession.follows(41)).isFalse();
        // The counter was lost with all data.
        assertThat(succession.follows(1)).isFalse();
        assertThat(succession.follows(2)).isTrue();
    }

    @Test
    void messagesOfServersThatDoNotCountAreNotMissed() {
        succession.follows(41);

        assertThat(succession.follows(Notice.UNNUMBERED)).isTrue();
        assertThat(succession.follows(42)).isTrue();
    }
}
