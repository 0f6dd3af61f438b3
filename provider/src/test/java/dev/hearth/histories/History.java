package dev.hearth.histories;

import dev.hearth.test.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Nodes that work on the same rows, round by round; after each, what they saw is checked against what was committed. */
final class History {
    private final Database database;
    private final List<HistoryNode> nodes;
    private Map<String, String> state;
    private int rounds;

    /** @param initial what the registers hold before the first round */
    History(Database database, List<HistoryNode> nodes, Map<String, String> initial) {
        this.database = database;
        this.nodes = List.copyOf(nodes);
        this.state = initial;
    }

    /** Works for a while on all nodes, lets every node read everything in the end, and checks it all. */
    Round round(long seed, Crew crew, Duration duration) {
        rounds++;
        String name = "r" + rounds;
        long until = System.nanoTime() + duration.toNanos();
        Log log = new Log();
        collect(nodes.stream().map(node -> node.work(name, seed, crew, until)).toList(), log);
        collect(nodes.stream().map(node -> node.settle(name)).toList(), log);
        HistoryChecker checker = new HistoryChecker(state, World.takeWrites(database), log.attempts());
        state = checker.last();
        return new Round(log, checker.check(log.reads()));
    }

    private static void collect(List<Future<Log>> logs, Log into) {
        List<Exception> failures = new ArrayList<>();
        for (Future<Log> log : logs) {
            try {
                into.add(log.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add(e);
            } catch (ExecutionException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("A node stopped working", failures.get(0));
        }
    }
}
