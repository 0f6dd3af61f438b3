package dev.hearth.sample.infra;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says at the end of the start what to do next. */
@Component
final class OpeningNotice {
    private static final Logger log = LoggerFactory.getLogger(OpeningNotice.class);

    private final ShopServers servers;

    OpeningNotice(ShopServers servers) {
        this.servers = servers;
    }

    @EventListener
    void onReady(ApplicationReadyEvent ready) {
        if (ready.getApplicationContext() instanceof WebServerApplicationContext context
                && context.getWebServer() != null) {
            int port = context.getWebServer().getPort();
            log.info(
                    """
                    The shop is open: http://localhost:{}
                        try twice:   curl -i localhost:{}/products/4200
                        some load:   curl -X POST 'localhost:{}/load?customers=4&seconds=60'
                        dashboard:   http://localhost:{}/actuator/hearthdashboard, as {}/{} or {}/{}
                        second node: {}""",
                    port,
                    port,
                    port,
                    port,
                    ShopSecurity.READER,
                    ShopSecurity.READER,
                    ShopSecurity.OPERATOR,
                    ShopSecurity.OPERATOR,
                    secondNode(port + 1));
        }
    }

    private String secondNode(int port) {
        String command = "java -jar " + Jar.argument() + " --server.port=" + port;
        if (servers.joinable()) {
            return command;
        }
        return command + " --shop.postgres.url='" + servers.addresses().postgresUrl() + "' --shop.redis.url='"
                + servers.addresses().redisUrl() + "'";
    }
}
