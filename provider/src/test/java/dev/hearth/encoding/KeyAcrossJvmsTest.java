package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes agree on keys, however their JVMs are set. */
final class KeyAcrossJvmsTest {
    @TempDir
    private Path folder;

    @Test
    void keysAreEqualInJvmsOfOtherZonesCharsetsAndLocales() throws Exception {
        Process east = start("east", "Asia/Kathmandu", "UTF-16", "tr", "TR");
        Process west = start("west", "America/St_Johns", "ISO-8859-1", "th", "TH");

        List<String> here = KeyPeer.keys();

        assertThat(here).hasSizeGreaterThan(50).doesNotHaveDuplicates();
        assertThat(keysOf(east, "east")).isEqualTo(here);
        assertThat(keysOf(west, "west")).isEqualTo(here);
    }

    private Process start(String name, String zone, String charset, String language, String country) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=" + zone,
                "-Dfile.encoding=" + charset,
                "-Duser.language=" + language,
                "-Duser.country=" + country,
                "-Djava.locale.useOldISOCodes=true"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KeyPeer.class.getName(), output(name)));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(name + ".log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String output(String name) {
        return folder.resolve(name + ".keys").toString();
    }

    private List<String> keysOf(Process peer, String name) throws Exception {
        try {
            boolean ended = peer.waitFor(10, TimeUnit.MINUTES);
            assertThat(ended && peer.exitValue() == 0).as(() -> log(name)).isTrue();
        } finally {
            peer.destroyForcibly();
        }
        return Files.readAllLines(Path.of(output(name)), StandardCharsets.US_ASCII);
    }

    private String log(String name) {
        try {
            return new String(Files.readAllBytes(folder.resolve(name + ".log")), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
