package dev.hearth.boot;

import dev.hearth.HearthRegionFactory;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.util.StringUtils;

/** The session factories of the application that Hearth caches for. Safe for concurrent use. */
public final class HearthUnits {
    private static final String SUFFIX = "entityManagerFactory";

    private final ConfigurableListableBeanFactory beans;
    private volatile @Nullable List<HearthUnit> found;

    public HearthUnits(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** All of them; none where the application has chosen another cache. Waits for those that still start. */
    public List<HearthUnit> all() {
        List<HearthUnit> known = found;
        if (known == null) {
            known = find();
            found = known;
        }
        return known;
    }

    /** Those of this name, or all if it is null. */
    public List<HearthUnit> named(@Nullable String name) {
        return all().stream()
                .filter(unit -> name == null || unit.name().equals(name))
                .toList();
    }

    private List<HearthUnit> find() {
        List<HearthUnit> units = new ArrayList<>();
        Map<String, EntityManagerFactory> factories =
                SimpleAutowireCandidateResolver.resolveAutowireCandidates(beans, EntityManagerFactory.class);
        factories.forEach((bean, factory) -> cached(factory)
                .ifPresent(cached -> units.add(new HearthUnit(name(bean), cached, HearthRegionFactory.of(cached)))));
        return List.copyOf(units);
    }

    private static Optional<SessionFactory> cached(EntityManagerFactory factory) {
        try {
            SessionFactoryImplementor cached = factory.unwrap(SessionFactoryImplementor.class);
            return cached.getCache().getRegionFactory() instanceof HearthRegionFactory
                    ? Optional.of(cached)
                    : Optional.empty();
        } catch (PersistenceException e) {
            // Another persistence provider's.
            return Optional.empty();
        }
    }

    /* As Spring Boot names the session factories in its own meters. */
    private static String name(String bean) {
        return bean.length() > SUFFIX.length() && StringUtils.endsWithIgnoreCase(bean, SUFFIX)
                ? bean.substring(0, bean.length() - SUFFIX.length())
                : bean;
    }
}
