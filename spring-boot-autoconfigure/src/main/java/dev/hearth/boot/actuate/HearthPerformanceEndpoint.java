package dev.hearth.boot.actuate;

import dev.hearth.boot.HearthUnit;
import dev.hearth.boot.HearthUnits;
import dev.hearth.config.SettingTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Compares reads of a cached entity from the database, Redis and the process, on the live stack: at most 100 entities, 10,000
 * reads of each kind and 10 seconds, one test at a time. Drops what the node keeps near of the region, and loads what is not
 * cached; changes nothing else. No access unless it is given.
 */
@Endpoint(id = "hearthperformance", defaultAccess = Access.NONE)
public final class HearthPerformanceEndpoint {
    private static final int USUAL_SAMPLES = 200;
    private static final int MOST_SAMPLES = 10_000;
    private static final int MOST_ENTITIES = 100;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final HearthUnits units;
    private final Semaphore turn = new Semaphore(1);

    public HearthPerformanceEndpoint(HearthUnits units) {
        this.units = units;
    }

    /**
     * Runs one test, and answers when it is over.
     *
     * @param entity the name of a cached entity, as the mapping has it, with or without its package
     * @param samples how many reads of each kind, from 1 to 10,000; 200 if null
     */
    @WriteOperation
    public PerformanceDescriptor compare(String entity, @Nullable Integer samples, @Nullable String unit) {
        int wanted = samples == null ? USUAL_SAMPLES : samples;
        if (wanted < 1 || wanted > MOST_SAMPLES) throw refused("'samples' must be from 1 to " + MOST_SAMPLES);
        List<String> known = new ArrayList<>();
        for (HearthUnit of : UnitChoice.of(units, unit)) {
            for (EntityPersister persister : cached(of)) {
                known.add(persister.getEntityName());
                if (isMeant(persister, entity)) return compare(of, persister, wanted);
            }
        }
        throw refused("There is no cached entity of that name"
                + SettingTypes.nearest(entity, known)
                        .map(nearest -> "; the nearest is '" + nearest + "'")
                        .orElse(""));
    }

    private PerformanceDescriptor compare(HearthUnit unit, EntityPersister entity, int samples) {
        if (!turn.tryAcquire()) throw refused("Another test is running; there is one at a time");
        try {
            return new ReadComparison(unit, entity, samples, LONGEST).run(MOST_ENTITIES);
        } finally {
            turn.release();
        }
    }

    private static List<EntityPersister> cached(HearthUnit unit) {
        List<EntityPersister> cached = new ArrayList<>();
        unit.sessionFactory()
                .unwrap(SessionFactoryImplementor.class)
                .getMappingMetamodel()
                .forEachEntityDescriptor(persister -> {
                    if (persister.getCacheAccessStrategy() != null) cached.add(persister);
                });
        return cached;
    }

    private static boolean isMeant(EntityPersister persister, String name) {
        String full = persister.getEntityName();
        return full.equals(name) || full.substring(full.lastIndexOf('.') + 1).equals(name);
    }

    private static InvalidEndpointRequestException refused(String reason) {
        return new InvalidEndpointRequestException(reason, reason);
    }
}
