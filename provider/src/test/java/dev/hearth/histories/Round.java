package dev.hearth.histories;

import java.util.List;

/** What came out of one round of work on all nodes. */
record Round(Log log, List<Violation> violations) {
    private static final int SHOWN = 5;

    int operations() {
        return log.outcomes().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Empty if all went well. */
    String problems() {
        StringBuilder text = new StringBuilder();
        if (!violations.isEmpty()) {
            text.append(violations.size()).append(" reads were wrong, the first of them:\n");
            violations.stream()
                    .limit(SHOWN)
                    .forEach(violation -> text.append(violation).append('\n'));
        }
        if (!log.surprises().isEmpty()) {
            text.append(log.surprises().size()).append(" operations failed unexpectedly, the first of them:\n");
            log.surprises().stream()
                    .limit(SHOWN)
                    .forEach(surprise -> text.append(surprise).append('\n'));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "%,d operations, %,d reads checked, %,d commits, %d violations, %d surprises"
                .formatted(
                        operations(),
                        log.reads().size(),
                        log.attempts().stream()
                                .filter(a -> a.acknowledged() != CommitAttempt.NEVER)
                                .count(),
                        violations.size(),
                        log.surprises().size());
    }
}
