package dev.hearth.config;

import org.jspecify.annotations.Nullable;

/**
 * TLS towards Redis, used if the address begins with {@code rediss://} or {@code valkeys://}. A store is a file path or
 * a {@code classpath:} resource, in PKCS12 or JKS format.
 *
 * @param truststore the certificates to trust; the JDK's own if null
 * @param keystore this application's certificate; none if null
 * @param verifyHostname whether the server's certificate must name the host
 */
public record TlsSettings(
        @Nullable String truststore,
        @Nullable String truststorePassword,
        @Nullable String keystore,
        @Nullable String keystorePassword,
        boolean verifyHostname) {
    static TlsSettings of(SettingValues values) {
        return new TlsSettings(
                values.find(SettingTable.TRUSTSTORE),
                values.find(SettingTable.TRUSTSTORE_PASSWORD),
                values.find(SettingTable.KEYSTORE),
                values.find(SettingTable.KEYSTORE_PASSWORD),
                values.get(SettingTable.VERIFY_HOSTNAME));
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "TlsSettings[truststore=" + truststore + ", keystore=" + keystore + ", verifyHostname=" + verifyHostname
                + "]";
    }
}
