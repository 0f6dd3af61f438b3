package dev.hearth.benchmarks;

import dev.hearth.benchmarks.model.Customer;
import jakarta.persistence.OptimisticLockException;
import java.math.BigDecimal;
import java.util.SplittableRandom;

/** Of 100 operations 80 find a random customer, and 20 change one; a change that comes too late is tried again. */
final class Mixed implements Operation {
    private static final int READS_OF_100 = 80;

    private final Application application;
    private final SplittableRandom random;
    private final Operation read;

    Mixed(Application application, long seed) {
        this.application = application;
        this.random = new SplittableRandom(seed);
        this.read = Reads.find(application, seed + 1);
    }

    @Override
    public void run() {
        if (random.nextInt(100) < READS_OF_100) {
            read.run();
        } else {
            long id = random.nextLong(1, Data.PEOPLE + 1);
            while (!changed(id)) {
                Thread.onSpinWait();
            }
        }
    }

    private boolean changed(long id) {
        try {
            application.inTransaction(session -> {
                Customer customer = session.find(Customer.class, id);
                customer.setBalance(customer.getBalance().add(BigDecimal.ONE));
            });
            return true;
        } catch (OptimisticLockException newerVersion) {
            return false;
        }
    }
}
