package dev.hearth.encoding;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prints the fingerprints of the shop's roles: what another JVM is started for. */
final class PrintedFingerprints {
    private PrintedFingerprints() {}

    /** Names things in another order than the test does, and after other things, to disturb whatever counts along. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        EncodingFixture.of(BasicTypesModel.Basics.class).close();
        List<Class<?>> reversed = Arrays.asList(ShopModel.ENTITIES.clone());
        Collections.reverse(reversed);
        all(reversed.toArray(Class<?>[]::new))
                .forEach((role, fingerprint) -> out.println("> " + role + '=' + fingerprint));
    }

    static Map<String, Long> all(Class<?>... entities) {
        try (EncodingFixture fixture = EncodingFixture.of(entities)) {
            Map<String, Long> fingerprints = new TreeMap<>();
            fixture.cache.codecs().forEach((role, codec) -> fingerprints.put(role, codec.fingerprint()));
            return fingerprints;
        }
    }
}
