package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes agree on what a query is, however their JVMs are set. */
class QueryKeysAcrossJvmsTest {
    @TempDir
    private Path folder;

    @Test
    void digestsAreEqualInJvmsWithOtherHashCodesZonesCharsetsAndLocales() throws Exception {
        List<String> here = QueryPeer.portableDigests();

        Path there = run("Asia/Kathmandu");

        assertThat(here).hasSizeGreaterThan(100);
        assertThat(Files.readAllLines(there)).isEqualTo(here);
    }

    @Test
    void datesThatMeanOtherDaysInAnotherZoneHaveOtherDigestsThere() throws Exception {
        List<String> here = QueryPeer.dateDigests();
        String elsewhere = TimeZone.getDefault().getRawOffset()
                        == TimeZone.getTimeZone("Asia/Kathmandu").getRawOffset()
                ? "America/St_Johns"
                : "Asia/Kathmandu";

        assertThat(datesIn(run(TimeZone.getDefault().getID()))).isEqualTo(here);
        assertThat(datesIn(run(elsewhere))).doesNotContainAnyElementsOf(here);
    }

    private static List<String> datesIn(Path output) throws IOException {
        return Files.readAllLines(Path.of(output + ".dates"));
    }

    private Path run(String zone) throws Exception {
        Path output = Files.createTempFile(folder, "peer", ".digests");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=2"));
        command.addAll(List.of("-Duser.timezone=" + zone, "-Dfile.encoding=UTF-16", "-Duser.language=tr"));
        command.addAll(List.of("-Duser.country=TR", "-Djava.locale.useOldISOCodes=true"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), QueryPeer.class.getName()));
        command.add(output.toString());
        Path log = folder.resolve("peer.log");
        Process peer = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = peer.waitFor(5, TimeUnit.MINUTES);
            assertThat(ended && peer.exitValue() == 0)
                    .as(() -> "The peer said: " + read(log))
                    .isTrue();
        } finally {
            peer.destroyForcibly();
        }
        return output;
    }

    private static String read(Path log) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
