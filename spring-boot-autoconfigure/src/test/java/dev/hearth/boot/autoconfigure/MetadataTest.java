package dev.hearth.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

final class MetadataTest {
    private static final Path FILE =
            Path.of("src", "main", "resources", "META-INF", "spring-configuration-metadata.json");

    private static final Path PAGE = Path.of("..", "docs", "properties.md");
    private static final String BEGIN = "<!-- generated: properties -->\n";
    private static final String END = "<!-- end -->";

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

    /** Written anew like the file above. */
    @Test
    void thePageListsThem() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (Boolean.getBoolean("hearth.docs.write")) {
            page = page.substring(0, begin) + Metadata.table() + page.substring(end);
            Files.writeString(PAGE, page);
        }

        assertThat(page).as("docs/properties.md").contains(BEGIN + Metadata.table() + END);
    }

    /** One that Spring Boot binds and nobody else knows would end the start. */
    @Test
    void everyPropertyOfTheMetadataIsKnown() {
        Map<String, Object> given = new HashMap<>();
        Matcher names = Pattern.compile("\"name\" : \"(hearth\\.[^\"]*)\"").matcher(Metadata.generate());
        while (names.find()) given.put(names.group(1), "1");
        given.keySet().removeAll(List.of(PropertyNames.REGIONS, PropertyNames.TASKS));
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", given));

        assertThat(given).containsKey("hearth.dashboard.operator-role");
        assertThatCode(() -> EnvironmentSettings.read(environment)).doesNotThrowAnyException();
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
