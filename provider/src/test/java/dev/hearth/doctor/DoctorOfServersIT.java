package dev.hearth.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.Eventually;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor says of Redis servers. */
final class DoctorOfServersIT {
    private static final String EVICTION = "eviction-may-drop-locks";

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static Patient patient(String url) {
        return new Patient(Nodes.on(postgres.database())
                .setting(Nodes.REDIS_URL, url)
                .setting("hibernate.cache.hearth.redis.command-timeout", "10s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"volatile-ttl", "allkeys-lfu", "volatile-lfu", "allkeys-random", "volatile-random"})
    void aPolicyThatMayDropLocksFirst(String policy) {
        try (RedisServerFixture server = RedisServers.start("--maxmemory", "100mb", "--maxmemory-policy", policy);
                Patient patient = patient(server.url());
                RedisConnection redis = server.connect()) {
            assertThat(patient.findings(EVICTION)).containsExactly("127.0.0.1:" + server.port());
            assertThat(patient.doctor().examine())
                    .anySatisfy(finding -> assertThat(finding.reason()).contains(policy));

            redis.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
            assertThat(patient.findings(EVICTION)).isEmpty();
            assertThat(patient.findings("eviction-may-clear-regions")).hasSize(1);
            redis.call("CONFIG", "SET", "maxmemory-policy", "volatile-lru");
            assertThat(patient.findings(EVICTION)).isEmpty();
            assertThat(patient.findings("eviction-may-clear-regions")).isEmpty();
            redis.call("CONFIG", "SET", "maxmemory-policy", "noeviction");
            assertThat(patient.findings(EVICTION)).isEmpty();
            redis.call("CONFIG", "SET", "maxmemory-policy", policy);
            redis.call("CONFIG", "SET", "maxmemory", "0");
            assertThat(patient.findings(EVICTION)).isEmpty();
        }
    }

    @Test
    void aServerThatDoesNotTellWasNotChecked() {
        String code = "server-not-checked";
        try (RedisServerFixture server = RedisServers.start();
                RedisConnection redis = server.connect()) {
            redis.call("ACL", "SETUSER", "app", "on", ">secret", "~*", "&*", "+@all", "-info");
            try (Patient patient = patient("redis://app:secret@127.0.0.1:" + server.port())) {
                assertThat(patient.findings(code)).hasSize(1);
                assertThat(patient.doctor().examine()).anySatisfy(finding -> {
                    assertThat(finding.reason()).contains("NOPERM");
                    assertThat(finding.remedy()).contains("+info");
                });

                redis.call("ACL", "SETUSER", "app", "+info");

                assertThat(patient.findings(code)).isEmpty();
            }
        }
    }

    @Test
    void aServerThatIsAReplica() {
        String code = "reads-from-replica";
        try (RedisServerFixture master = RedisServers.start();
                RedisServerFixture replica = RedisServers.start(
                        "--replicaof", "127.0.0.1", String.valueOf(master.port()), "--replica-read-only", "no");
                RedisConnection redis = replica.connect()) {
            Eventually.holds(
                    "the replica has caught up",
                    () -> String.valueOf(redis.text("INFO", "replication")).contains("master_link_status:up"));
            try (Patient patient = patient(replica.url())) {
                assertThat(patient.findings(code)).containsExactly("127.0.0.1:" + replica.port());
                assertThat(patient.doctor().examine().get(0).severity()).isEqualTo(Severity.ERROR);

                redis.call("REPLICAOF", "NO", "ONE");

                assertThat(patient.findings(code)).isEmpty();
            }
        }
    }
}
