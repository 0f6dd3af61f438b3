package dev.hearth.sample.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopServersIT {
    @TempDir
    private Path place;

    @Test
    void secondInstanceJoinsTheServersOfTheFirst() throws IOException {
        try (ShopServers first = ShopServers.shared(place);
                ShopServers second = ShopServers.shared(place)) {
            assertThat(second.addresses()).isEqualTo(first.addresses());
            assertThat(second.joinable()).isTrue();
        }
    }

    @Test
    void serversOutliveAnInstanceThatJoinedThem() throws IOException {
        try (ShopServers first = ShopServers.shared(place)) {
            ShopServers.shared(place).close();

            assertThat(Rendezvous.in(place).running().orElseThrow().addresses()).isEqualTo(first.addresses());
        }
    }

    @Test
    void serversEndWithTheInstanceThatStartedThem() throws IOException {
        ShopServers.shared(place).close();

        assertThat(Rendezvous.in(place).running()).isEmpty();
        assertThat(Rendezvous.in(place).lead()).isTrue();
    }

    @Test
    void serversLeftByAKilledInstanceAreTakenOver() throws IOException {
        EmbeddedServers left = EmbeddedServers.start();
        try (Rendezvous killed = Rendezvous.in(place)) {
            killed.lead();
            killed.write(left);
        }

        try (ShopServers next = ShopServers.shared(place)) {
            assertThat(next.addresses()).isEqualTo(left.addresses());
        }

        assertThat(left.answer()).isFalse();
        assertThat(left.postgres().data()).doesNotExist();
        assertThat(left.redis().directory()).doesNotExist();
    }

    @Test
    void instanceThatDoesNotShareHasItsOwnServers() throws IOException {
        try (ShopServers shared = ShopServers.shared(place);
                ShopServers own = ShopServers.own()) {
            assertThat(own.addresses().postgresUrl())
                    .isNotEqualTo(shared.addresses().postgresUrl());
            assertThat(own.addresses().redisUrl())
                    .isNotEqualTo(shared.addresses().redisUrl());
            assertThat(own.joinable()).isFalse();
        }
    }
}
