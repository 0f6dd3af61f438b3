package dev.hearth.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthRegionFactory;
import dev.hearth.test.Eventually;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import dev.hearth.test.shop.Product;
import dev.hearth.warming.TaskState;
import dev.hearth.warming.Warming;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RedissonClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** An application that stops while it warms and is used: who ends when, and what is left for the next node. */
final class StopOrderIT {
    private static final long PRODUCTS = 1_200;
    private static final String[] SETTINGS = {
        "hearth.near.mode=strict",
        "hearth.warming.task.products.entity=" + Product.class.getName(),
        "hearth.warming.task.products.on=schedule",
        "hearth.warming.task.products.every=1d",
        "hearth.warming.rows-per-second=10"
    };

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private final List<String> order = new ArrayList<>();

    @Test
    void warmingEndsThenTheSessionFactoryThenTheClient() {
        try (RedisServerFixture redis = RedisServers.start()) {
            ShopApplication shop =
                    ShopApplication.run(WithWitness.class, postgres.database(), redis.port(), "create", SETTINGS);
            SessionFactory sessions = shop.sessions();
            RedissonClient client =
                    (RedissonClient) sessions.getProperties().get("hibernate.cache.hearth.redis.client");
            try (shop) {
                sessions.inTransaction(session -> {
                    for (long id = 1; id <= PRODUCTS; id++) session.persist(new Product(id, "p", BigDecimal.ONE, null));
                });
                sessions.getCache().evictEntityData(Product.class);
                use(sessions);
                Warming warming = runsItsTask(shop.context());
                shop.context()
                        .getBean(Witness.class)
                        .watch(() -> order.add("warming "
                                + warming.status("products").state() + ", session factory "
                                + (sessions.isOpen() ? "open" : "closed")));
                sessions.unwrap(SessionFactoryImplementor.class)
                        .addObserver(new AfterClosing(() -> order.add(
                                "session factory closed, client " + (client.isShutdown() ? "closed" : "open"))));
            }
            // Hibernate stops its caches after it has told of its end. A client that was gone would not have left them.
            order.add("client " + (client.isShutdown() ? "closed" : "open") + ", hot keys "
                    + (hasHotKeys(redis) ? "left" : "missing"));

            assertThat(order)
                    .containsExactly(
                            "warming CANCELLED, session factory open",
                            "session factory closed, client open",
                            "client closed, hot keys left");
            try (ShopApplication next = ShopApplication.join(postgres.database(), redis.port(), SETTINGS)) {
                assertThat(HearthRegionFactory.of(next.sessions())
                                .clusterTasks()
                                .tasks(List.of("products"))
                                .get(0)
                                .checkpoint())
                        .as("where the next node goes on")
                        .isNotNull();
            }
        }
    }

    private static void use(SessionFactory sessions) {
        Eventually.holds("products are kept near", () -> {
            sessions.inTransaction(session -> session.find(Product.class, 1L));
            return HearthRegionFactory.of(sessions)
                            .statistics(Product.class.getName())
                            .orElseThrow()
                            .nearHits()
                    > 0;
        });
    }

    private static Warming runsItsTask(ConfigurableApplicationContext context) {
        Warming warming = context.getBean(WarmingLifecycle.class)
                .byUnit()
                .values()
                .iterator()
                .next();
        warming.start("products");
        Eventually.holds(
                "it has loaded a page",
                () -> warming.status("products").state() == TaskState.RUNNING
                        && warming.status("products").progress().read() > 0);
        return warming;
    }

    private static boolean hasHotKeys(RedisServerFixture redis) {
        try (RedisConnection connection = redis.connect()) {
            return connection.number("HLEN", "hearth:{hot}") > 0;
        }
    }

    private record AfterClosing(Runnable action) implements SessionFactoryObserver {
        @Override
        public void sessionFactoryClosed(SessionFactory factory) {
            action.run();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(ShopApplication.Application.class)
    static class WithWitness {
        @Bean
        Witness witness() {
            return new Witness();
        }
    }

    /** Stops when everything has that begins last, and before beans are destroyed. */
    static final class Witness implements SmartLifecycle {
        private Runnable action = () -> {};
        private boolean running;

        void watch(Runnable stopping) {
            action = stopping;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            action.run();
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return 0;
        }
    }
}
