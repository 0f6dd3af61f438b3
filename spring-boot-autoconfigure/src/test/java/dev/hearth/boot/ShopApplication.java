package dev.hearth.boot;

import dev.hearth.test.Database;
import dev.hearth.test.shop.Product;
import dev.hearth.test.shop.Shop;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shop as a Spring Boot application on real servers, and its clients. */
final class ShopApplication implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private ShopApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts on an empty database, and fills that. */
    static ShopApplication start(Database database, int redisPort, String... more) {
        return run(Filled.class, database, redisPort, "create", more);
    }

    /** Starts another node on the database of one that runs. */
    static ShopApplication join(Database database, int redisPort, String... more) {
        return run(Application.class, database, redisPort, "none", more);
    }

    static ShopApplication run(Class<?> application, Database database, int redisPort, String schema, String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "server.port=0",
                "spring.main.banner-mode=off",
                "spring.datasource.url=" + database.url(),
                "spring.jpa.hibernate.ddl-auto=" + schema,
                "spring.data.redis.host=localhost",
                "spring.data.redis.port=" + redisPort,
                "spring.jmx.enabled=false",
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.health.show-details=always"));
        properties.addAll(List.of(more));
        return new ShopApplication(new SpringApplicationBuilder(application)
                .properties(properties.toArray(String[]::new))
                .run());
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    SessionFactory sessions() {
        return context.getBean(EntityManagerFactory.class).unwrap(SessionFactory.class);
    }

    /** The port on which it serves. */
    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    record Answer(int status, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }
    }

    Answer get(@Nullable String user, String path) {
        return send(user, "GET", path, null);
    }

    Answer post(@Nullable String user, String path, String body) {
        return send(user, "POST", path, body);
    }

    Answer delete(@Nullable String user, String path) {
        return send(user, "DELETE", path, null);
    }

    private Answer send(@Nullable String user, String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:"
                        + context.getEnvironment().getProperty("local.server.port") + "/actuator/" + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) request.header("Content-Type", "application/json");
        if (user != null) {
            String login = user + ":" + user.charAt(0);
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EntityScan(basePackageClasses = Product.class)
    @Import(SecurityExample.class)
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class Filled {
        /** Before anything is warmed. */
        @Bean
        SmartInitializingSingleton shop(EntityManagerFactory factory) {
            return () -> factory.runInTransaction(Shop::fill);
        }
    }
}
