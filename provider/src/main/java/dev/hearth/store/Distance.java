package dev.hearth.store;

/** How far away the server is, by the share of recent answers that were fast. Safe for concurrent use. */
final class Distance {
    /* No single answer may decide. The fastest tells of one lucky moment: a network that is usually slow would count as
     * near for as long as that is remembered, and one slow answer would then hold up all readers. The mean tells of one
     * pause: an answer of a second weighs as much as thousands. So answers are only counted, and each has one vote,
     * whatever it took.
     *
     * Nor may the median decide: 32 readers on two busy cores make three of four answers of a server next door take
     * longer than NEAR, and more commands at a time would only add to their crowd. One in eight is fewer than any crowd was
     * seen to leave, and more than luck gives a server that is far.
     *
     * The first answers count alike, so that the node knows after the first. From then on each new one takes the place of
     * a part of all before. Several hundred slow ones in a row make a near server far, some thirty fast ones make a far
     * server near. Writes that cross each other lose one vote of many, which does no harm. */
    private static final long NEAR_NANOS = 150_000;
    private static final double NEAR_SHARE = 1.0 / 8;
    private static final int MEMORY = 256;

    private volatile int answers;
    private volatile double fast;

    void answered(long sentAt, long now) {
        int counted = Math.min(answers + 1, MEMORY);
        double vote = now - sentAt < NEAR_NANOS ? 1 : 0;
        double before = fast;
        fast = before + (vote - before) / counted;
        answers = counted;
    }

    /** Whether a round trip takes less than what each command costs at both of its ends. */
    boolean isNear() {
        return fast >= NEAR_SHARE && answers > 0;
    }
}
