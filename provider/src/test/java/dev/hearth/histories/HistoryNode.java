package dev.hearth.histories;

import java.util.concurrent.Future;

/** One node of a history, in this process or in one of its own. */
interface HistoryNode extends AutoCloseable {
    /** Lets several threads work until that {@link System#nanoTime()}. */
    Future<Log> work(String round, long seed, int threads, long until);

    /** Reads everything once, when all nodes have stopped working. */
    Future<Log> settle(String round);

    @Override
    void close();
}
