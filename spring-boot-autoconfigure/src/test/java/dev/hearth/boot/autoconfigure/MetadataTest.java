package dev.hearth.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class MetadataTest {
    private static final Path FILE =
            Path.of("src", "main", "resources", "META-INF", "spring-configuration-metadata.json");

    /** With {@code -Dhearth.docs.write=true} it writes the file instead, after a setting was changed. */
    @Test
    void theMetadataSayWhatTheSettingsAre() throws IOException {
        String generated = Metadata.generate();
        if (Boolean.getBoolean("hearth.docs.write")) Files.writeString(FILE, generated);

        assertThat(Files.readString(FILE))
                .as(
                        "META-INF/spring-configuration-metadata.json; rewrite it by mvn -pl spring-boot-autoconfigure -am test "
                                + "-Dtest=MetadataTest -Dhearth.docs.write=true -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(generated);
    }

    @Test
    void everyPropertyIsInTheMetadata() {
        String generated = Metadata.generate();

        assertThat(PropertyNames.OF_BOOT)
                .allSatisfy(name -> assertThat(generated).contains("\"" + name + "\""));
        assertThat(generated)
                .contains("\"hearth.near.mode\"", "\"hearth.entity.time-to-live\"", "\"hearth.warming.workers\"")
                .doesNotContain("\"hearth.near\"", "redis.client");
    }
}
