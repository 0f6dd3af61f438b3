package dev.hearth.benchmarks;

import dev.hearth.benchmarks.model.Customer;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Finds one of 200 customers, changes its balance and commits. All are changed once, in random order, before any is changed
 * again; in between the other nodes read them all, so that each change meets the copies that they hold.
 */
final class Update implements Operation {
    static final int CUSTOMERS = 200;

    private final Application application;
    private final SplittableRandom random;
    private final long[] order = LongStream.rangeClosed(1, CUSTOMERS).toArray();
    private int next = order.length;

    Update(Application application, long seed) {
        this.application = application;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void ready() {
        if (next == order.length) {
            shuffle();
            application.onOtherNodes(Reads.all(Customer.class, CUSTOMERS));
            next = 0;
        }
    }

    @Override
    public void run() {
        long id = order[next++];
        application.inTransaction(session -> {
            Customer customer = session.find(Customer.class, id);
            customer.setBalance(customer.getBalance().add(BigDecimal.ONE));
        });
    }

    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long id = order[i];
            order[i] = order[other];
            order[other] = id;
        }
    }
}
