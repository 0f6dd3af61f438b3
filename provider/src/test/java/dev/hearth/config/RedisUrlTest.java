package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.RedisUrl.Deployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "redis://localhost SINGLE redis://localhost:6379",
                "redis://localhost:7000 SINGLE redis://localhost:7000",
                "valkey://localhost:7000 SINGLE redis://localhost:7000",
                "valkeys://localhost:7000 SINGLE rediss://localhost:7000",
                "rediss://[::1]:7000 SINGLE rediss://[::1]:7000",
                "redis://a:1,b:2 CLUSTER redis://a:1;redis://b:2",
                "rediss://a,b CLUSTER rediss://a:6379;rediss://b:6379",
                "redis+cluster://a CLUSTER redis://a:6379",
                "redis+sentinel://a,b:1/shop SENTINEL redis://a:26379;redis://b:1",
                "rediss+sentinel://a/shop/2 SENTINEL rediss://a:26379"
            })
    void anAddressSaysWhatStandsThere(String text, Deployment deployment, String addresses) {
        RedisUrl url = RedisUrl.parse(text);

        assertThat(url.deployment()).isEqualTo(deployment);
        assertThat(String.join(";", url.addresses())).isEqualTo(addresses);
        assertThat(RedisUrl.parse(url.toString())).isEqualTo(url);
    }

    @Test
    void anAddressMayHaveALoginAndADatabase() {
        RedisUrl url = RedisUrl.parse("redis://app:p%40ss+word%25@localhost:6379/2");

        assertThat(url.user()).isEqualTo("app");
        assertThat(url.password()).isEqualTo("p@ss+word%");
        assertThat(url.database()).isEqualTo(2);
        assertThat(RedisUrl.parse("redis://:secret@localhost").password()).isEqualTo("secret");
        assertThat(RedisUrl.parse("redis://:secret@localhost").user()).isNull();
        assertThat(RedisUrl.parse("redis://secret@localhost").password()).isEqualTo("secret");
        assertThat(RedisUrl.parse("redis+sentinel://a:1/shop/3").masterName()).isEqualTo("shop");
        assertThat(RedisUrl.parse("redis+sentinel://a:1/shop/3").database()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "localhost:6379",
                "http://localhost",
                "redis:/localhost",
                "redis://",
                "redis://a:0",
                "redis://a:65536",
                "redis://a:port",
                "redis://a,",
                "redis://,a",
                "redis://a b",
                "redis://::1",
                "redis://a/db",
                "redis://a/1/2",
                "redis+sentinel://a",
                "redis+sentinel://a/m/db",
                "redis+sentinel://a/m/1/2",
                "redis://x:%zz@a",
                "redis+uds://path"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> RedisUrl.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "redis://app:secret@host:1 redis://***@host:1",
                "redis://app:se@cret@host redis://***@host",
                "redis://app:se/cret@host redis://***@host",
                "app:secret@host ***@host",
                "redis//app:secret@host ***@host",
                "app:se://cret@host ***@host",
                "redis://app:se://cret@host redis://***@host",
                "redis://a:secret@b,redis://c:secret@d redis://***@d",
                "redis://host redis://host"
            })
    void aLoginIsTakenOutOfWhateverWasWritten(String text, String shown) {
        assertThat(RedisUrl.withoutLogin(text)).isEqualTo(shown);
    }
}
