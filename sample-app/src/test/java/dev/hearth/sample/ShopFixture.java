package dev.hearth.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;

/** A running instance of the shop, on a port of its own. */
final class ShopFixture implements AutoCloseable {
    private static final int MOST_READS = 50;
    private static final long UNKNOWN = -1;
    private static final String COLD = "--hearth.warming.enabled=false";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    /** Costs are -1 where the answer does not tell them, as those of the endpoints do not. */
    record Answer(int status, String body, long sqlStatements, long redisRoundTrips) {}

    private ShopFixture(String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                // On a busy machine Redis may be slow, and what is counted here must not depend on that.
                "--hearth.redis.command-timeout=10s"));
        arguments.addAll(List.of(properties));
        context = SpringApplication.run(SampleApplication.class, arguments.toArray(String[]::new));
    }

    /** The first node, with servers of its own. Nothing is warmed. */
    static ShopFixture start() {
        return new ShopFixture("--shop.join=false", COLD);
    }

    /** As {@link #start}, with everything warmed that is to be before anybody is let in. */
    static ShopFixture startWarm() {
        return new ShopFixture("--shop.join=false");
    }

    /** A further node on the servers of this one. */
    ShopFixture startAnother() {
        Object redis = sessionFactory().getProperties().get("hibernate.cache.hearth.redis.url");
        return new ShopFixture(
                "--shop.postgres.url="
                        + context.getBean(JdbcConnectionDetails.class).getJdbcUrl(),
                "--shop.redis.url=" + redis,
                COLD);
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    /** Reads until the cache has what it was sent without waiting; answers what that read cost. */
    Answer getCached(String path) {
        Answer answer = get(path);
        for (int read = 0; read < MOST_READS && answer.sqlStatements() > 0; read++) {
            answer = get(path);
        }
        return answer;
    }

    Answer put(String path) {
        return send("PUT", path, BodyPublishers.noBody());
    }

    Answer post(String path, String json) {
        return send("POST", path, BodyPublishers.ofString(json));
    }

    Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    /** Reads as somebody whose password is like the name. */
    Answer getAs(String user, String path) {
        return send("GET", path, BodyPublishers.noBody(), "Authorization", "Basic " + login(user));
    }

    private static String login(String user) {
        return Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
    }

    private SessionFactory sessionFactory() {
        return context.getBean(SessionFactory.class);
    }

    private Answer send(String method, String path, BodyPublisher body, String... headers) {
        URI uri = URI.create(
                "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port") + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, body)
                .headers(Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(headers))
                        .toArray(String[]::new))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValueAsLong("X-SQL-Statements").orElse(UNKNOWN),
                    response.headers().firstValueAsLong("X-Redis-Round-Trips").orElse(UNKNOWN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
