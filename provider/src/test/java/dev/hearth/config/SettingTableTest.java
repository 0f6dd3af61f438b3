package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.redisson.api.RedissonClient;

/** What holds for every setting there is or will be. */
final class SettingTableTest {
    static List<Setting<?>> settings() {
        return SettingTable.all();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aNameHasLowerCaseWordsAndOccursOnce(Setting<?> setting) {
        assertThat(setting.name()).matches("[a-z]+([.-][a-z]+)*");
        assertThat(settings().stream().map(Setting::name)).containsOnlyOnce(setting.name());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void noNameReadsAsAKindOrARegion(Setting<?> setting) {
        assertThat(setting.name()).doesNotStartWith("region.");
        for (RegionKind kind : RegionKind.values()) {
            assertThat(setting.name()).doesNotStartWith(kind.settingName() + ".");
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aDescriptionIsOneSentence(Setting<?> setting) {
        assertThat(setting.description()).matches("[A-Z].*[^.]\\.").doesNotContain(". ");
    }

    @ParameterizedTest
    @MethodSource("settings")
    <T> void theDefaultReadsAsItself(Setting<T> setting) {
        T value = setting.defaultValue();
        if (value == null || setting.defaultText().isEmpty()) return;

        assertThat(setting.read(setting.key(), setting.defaultText())).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theExampleIsLegal(Setting<?> setting) {
        if (setting.type().javaType() == RedissonClient.class) return;

        assertThat(setting.read(setting.key(), setting.type().example())).isNotNull();
    }
}
