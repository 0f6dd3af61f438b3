package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    /** With {@code -Dhearth.docs.write=true} it writes the page instead, after a setting was changed. */
    @Test
    void thePageSaysWhatTheSettingsAre() throws IOException {
        String page = Files.readString(PAGE);
        if (Boolean.getBoolean("hearth.docs.write")) {
            page = ConfigurationPage.withTables(page);
            Files.writeString(PAGE, page);
        }

        assertThat(page)
                .as("docs/configuration.md; rewrite it by mvn -pl provider -am test -Dtest=ConfigurationPageTest "
                        + "-Dhearth.docs.write=true -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(ConfigurationPage.withTables(page));
    }

    @Test
    void everySettingStandsOnThePage() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(SettingTable.all())
                .allSatisfy(
                        setting -> assertThat(page).contains("| `" + setting.name() + "` | " + setting.description()));
    }
}
