package dev.hearth.histories;

import dev.hearth.histories.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds reads that are not linearizable: every row, collection and natural id is a register of its own, and a read that
 * began after a state was known to be committed must see that state or a later one.
 */
final class HistoryChecker {
    /* The writes of a register are in commit order, so one pass suffices: a state is known to be committed from the
     * acknowledgement of its transaction, or from the end of the first read that saw it, whichever was earlier, and
     * every state before it is known to be superseded from then on. A read that saw state k is right if the commit of k
     * had been asked for when the read ended, and no later state was known to be committed when it began. */
    private static final String START = "the start";

    private final Map<String, @Nullable String> initial;
    private final Map<String, CommitAttempt> attempts;
    private final Map<String, List<CommittedWrite>> writes;

    /**
     * @param initial what the registers held before, where they held something
     * @param committed the writes of committed transactions, each register's in commit order
     * @param attempts those that were seen to commit; any other may have taken effect at any time
     */
    HistoryChecker(Map<String, String> initial, List<CommittedWrite> committed, List<CommitAttempt> attempts) {
        this.initial = Map.copyOf(initial);
        this.writes = committed.stream().collect(Collectors.groupingBy(CommittedWrite::register));
        this.attempts = new HashMap<>();
        attempts.forEach(attempt -> this.attempts.put(attempt.transaction(), attempt));
    }

    /** The reads that are wrong, in the order in which they began. */
    List<Violation> check(List<Read> reads) {
        List<Violation> violations = new ArrayList<>();
        reads.stream()
                .collect(Collectors.groupingBy(Read::register))
                .forEach((register, ofRegister) -> new Register(register).check(ofRegister, violations));
        violations.sort((a, b) -> Long.compare(a.read().began(), b.read().began()));
        return violations;
    }

    /** What every register holds at the end. */
    Map<String, String> last() {
        Map<String, String> states = new HashMap<>(initial);
        writes.forEach((register, ofRegister) -> {
            String state = ofRegister.get(ofRegister.size() - 1).state();
            if (state == null) {
                states.remove(register);
            } else {
                states.put(register, state);
            }
        });
        return states;
    }

    private record State(@Nullable String content, CommitAttempt by) {}

    private final class Register {
        private final List<State> states = new ArrayList<>();
        private final Map<@Nullable String, List<Integer>> places = new HashMap<>();
        private long[] known = new long[0];

        Register(String name) {
            states.add(new State(initial.get(name), new CommitAttempt(START, Long.MIN_VALUE, Long.MIN_VALUE)));
            for (CommittedWrite write : writes.getOrDefault(name, List.of())) {
                State state = new State(write.state(), attempt(write.transaction()));
                // Within a transaction only what it leaves behind is ever committed.
                if (states.get(states.size() - 1).by.transaction().equals(write.transaction())) {
                    states.set(states.size() - 1, state);
                } else {
                    states.add(state);
                }
            }
            for (int i = 0; i < states.size(); i++) {
                places.computeIfAbsent(states.get(i).content, content -> new ArrayList<>())
                        .add(i);
            }
        }

        private CommitAttempt attempt(String name) {
            CommitAttempt attempt = attempts.get(name);
            return attempt != null ? attempt : new CommitAttempt(name, Long.MIN_VALUE, CommitAttempt.NEVER);
        }

        void check(List<Read> reads, List<Violation> violations) {
            known = whenKnown(reads);
            for (Read read : reads) {
                List<Integer> seen = places.get(read.state());
                if (seen == null) {
                    violations.add(new Violation(
                            Kind.NEVER_COMMITTED,
                            read,
                            "the committed states around were " + around(read, newest(read))));
                } else if (seen.stream().noneMatch(place -> isRight(read, place))) {
                    violations.add(wrong(read, seen));
                }
            }
        }

        /** For each state, when it or a later one was first known to be committed. */
        private long[] whenKnown(List<Read> reads) {
            long[] times =
                    states.stream().mapToLong(state -> state.by.acknowledged()).toArray();
            for (Read read : reads) {
                List<Integer> seen = places.getOrDefault(read.state(), List.of());
                if (seen.size() == 1
                        && read.ended() >= states.get(seen.get(0)).by.committing()) {
                    times[seen.get(0)] = Math.min(times[seen.get(0)], read.ended());
                }
            }
            for (int i = times.length - 2; i >= 0; i--) {
                times[i] = Math.min(times[i], times[i + 1]);
            }
            return times;
        }

        private boolean isRight(Read read, int place) {
            return !isEarly(read, place) && (place + 1 == known.length || known[place + 1] >= read.began());
        }

        private boolean isEarly(Read read, int place) {
            return states.get(place).by.committing() > read.ended();
        }

        private Violation wrong(Read read, List<Integer> seen) {
            if (seen.stream().allMatch(place -> isEarly(read, place))) {
                return new Violation(Kind.EARLY, read, around(read, seen.get(0)));
            }
            int newest = newest(read);
            String late = "%.3f ms before the read began, %s was known to be committed; "
                    .formatted((read.began() - known[newest]) / 1e6, states.get(newest).content);
            return new Violation(Kind.STALE, read, late + around(read, newest));
        }

        /** The newest state that the read had to see. */
        private int newest(Read read) {
            int place = 0;
            while (place + 1 < known.length && known[place + 1] < read.began()) {
                place++;
            }
            return place;
        }

        private String around(Read read, int place) {
            StringBuilder text =
                    new StringBuilder("the read took %.3f ms; ".formatted((read.ended() - read.began()) / 1e6));
            for (int i = Math.max(1, place - 3); i < Math.min(states.size(), place + 4); i++) {
                CommitAttempt by = states.get(i).by;
                text.append("%n    %s by %s, committing at %s, acknowledged at %s"
                        .formatted(
                                states.get(i).content,
                                by.transaction(),
                                relative(by.committing(), read),
                                relative(by.acknowledged(), read)));
            }
            return text.toString();
        }

        private String relative(long time, Read read) {
            return time == Long.MIN_VALUE || time == CommitAttempt.NEVER
                    ? "an unknown time"
                    : "%+.3f ms".formatted((time - read.began()) / 1e6);
        }
    }
}
