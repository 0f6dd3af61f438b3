package dev.hearth.histories;

import java.util.concurrent.Future;

/** One node of a history, in this process or in one of its own. */
interface HistoryNode extends AutoCloseable {
    /** Lets the threads work until that {@link System#nanoTime()}. */
    Future<Log> work(String round, long seed, Crew crew, long until);

    /** Reads everything once, when all nodes have stopped working. */
    Future<Log> settle(String round);

    @Override
    void close();
}
