package dev.hearth.hibernate;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** Hands a share of the entities that are served to whoever audits them. Safe for concurrent sessions. */
final class AuditSample {
    private volatile double share;
    private volatile @Nullable Consumer<ServedEntity> auditor;

    /** @param taker must return at once, whatever it does with what it is given */
    void start(double sample, Consumer<ServedEntity> taker) {
        share = sample;
        auditor = taker;
    }

    void served(EntityAccess access, SharedSessionContractImplementor session, CacheKey key, Object entry) {
        Consumer<ServedEntity> taker = auditor;
        if (taker != null && ThreadLocalRandom.current().nextDouble() < share) {
            taker.accept(new ServedHit(access, session.getFactory(), key, entry));
        }
    }
}
