package dev.hearth.histories;

import dev.hearth.test.Database;
import dev.hearth.test.Nodes;
import dev.hearth.test.RedisEndpoint;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.hibernate.SessionFactory;

/** The main class of a node in a process of its own: takes orders from the process that started it, one at a time. */
final class NodeProcess {
    /** What the process is told to do. */
    sealed interface Order extends Serializable {}

    record Work(String round, long seed, Crew crew, long until) implements Order {}

    record Settle(String round) implements Order {}

    /** Is answered by how often the node has served something from near. */
    record TellNearHits() implements Order {}

    /** What this process's clocks show. */
    record Clocks(long nanoTime, long wallMillis) implements Serializable {}

    private static final int SETTINGS = 5;

    private NodeProcess() {}

    /**
     * @param args the port of who gives the orders, the URLs of database and Redis, the keyspace, the node's number, and
     *     then settings, name and value
     */
    public static void main(String[] args) throws IOException, ClassNotFoundException {
        HistoryServers.Network network =
                new HistoryServers.Network(new RedisEndpoint(args[2]), new Database(args[1]), args[3]);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
                Nodes nodes = network.nodes(Crew.USUAL.poolSize())
                        .settings(settings(args))
                        .start(1);
                LocalNode node = new LocalNode(nodes.get(0).sessionFactory(), Integer.parseInt(args[4]));
                ObjectOutputStream answers = new ObjectOutputStream(socket.getOutputStream());
                ObjectInputStream orders = new ObjectInputStream(socket.getInputStream())) {
            answers.writeObject(new Clocks(System.nanoTime(), System.currentTimeMillis()));
            answers.flush();
            while (true) {
                answers.writeObject(
                        obey((Order) orders.readObject(), node, nodes.get(0).sessionFactory()));
                answers.reset();
                answers.flush();
            }
        } catch (EOFException noMoreOrders) {
            // The starter has finished, or is gone.
            return;
        }
    }

    private static Map<String, String> settings(String[] args) {
        Map<String, String> settings = new HashMap<>();
        for (int i = SETTINGS; i < args.length; i += 2) {
            settings.put(args[i], args[i + 1]);
        }
        return settings;
    }

    private static Serializable obey(Order order, LocalNode node, SessionFactory factory) throws IOException {
        try {
            if (order instanceof Work work) {
                return node.work(work.round, work.seed, work.crew, work.until).get();
            }
            return order instanceof Settle settle
                    ? node.settle(settle.round).get()
                    : Long.valueOf(new NearTierOf(factory).hits());
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
    }
}
