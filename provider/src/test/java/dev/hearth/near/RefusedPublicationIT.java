package dev.hearth.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.LogLines;
import dev.hearth.config.HearthSettings;
import dev.hearth.store.RedisConnection;
import dev.hearth.store.RemoteTier;
import dev.hearth.test.Eventually;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator hears whose Redis user may not tell the other nodes of a change. */
final class RefusedPublicationIT {
    @Test
    void isReportedOnceWithTheRemedy() {
        try (RedisServerFixture server = RedisServers.start()) {
            server.connect().call("ACL", "SETUSER", "mute", "on", ">secret", "~*", "+@all", "-publish", "&*");
            HearthSettings settings = HearthSettings.read(Map.of(
                    "hibernate.cache.hearth.redis.url",
                    "redis://mute:secret@" + server.endpoint().host() + ":"
                            + server.endpoint().port()));
            try (LogLines lines = LogLines.of(Heartbeats.class.getName());
                    RemoteTier tier = new RemoteTier(
                            "node", settings, RedisConnection.open(settings.redis()), System::nanoTime)) {
                NearTier near = new NearTier(tier, settings.node());
                tier.start();
                near.start();

                Eventually.holds("it is logged", () -> !lines.all().isEmpty());
                near.beat().handle((done, failure) -> failure).join();
                near.close();

                assertThat(lines.all())
                        .singleElement()
                        .asString()
                        .startsWith(
                                "[node] Redis refuses PUBLISH or its channels to this user, so no change can be written");
            }
        }
    }
}
