package dev.hearth.sample.infra;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** Lets the shop start where its port is taken: it takes a free one and says so. */
@Component
final class PortFallback implements WebServerFactoryCustomizer<ConfigurableWebServerFactory> {
    private static final Logger log = LoggerFactory.getLogger(PortFallback.class);
    private static final int DEFAULT_PORT = 8080;
    private static final int ANY = 0;

    private final ServerProperties server;

    PortFallback(ServerProperties server) {
        this.server = server;
    }

    // Without an order this comes after Spring Boot's own customizer, which sets the port.
    @Override
    public void customize(ConfigurableWebServerFactory factory) {
        int port = server.getPort() == null ? DEFAULT_PORT : server.getPort();
        if (!Ports.isFree(server.getAddress(), port)) {
            log.warn(
                    "Port {} is in use; this instance takes a free one (--server.port=<number> chooses another)", port);
            factory.setPort(ANY);
        }
    }
}
