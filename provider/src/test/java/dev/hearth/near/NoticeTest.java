package dev.hearth.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.near.Notice.Asker;
import dev.hearth.near.Notice.Beat;
import dev.hearth.near.Notice.Both;
import dev.hearth.near.Notice.Entry;
import dev.hearth.near.Notice.Numbered;
import dev.hearth.near.Notice.Region;
import dev.hearth.near.Notice.Tables;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What messages on the channel say; {@code NearMessagesIT} has those that the scripts really write. */
final class NoticeTest {
    private static final Asker ASKER = new Asker("a0b1c2d3e4f50617", 42);

    @Test
    void aLockedEntryNamesItsKeyAndWhoAsks() {
        assertThat(Notice.of("E a0b1c2d3e4f50617:42 hearth:{com.acme.Product.0}:i17"))
                .isEqualTo(new Entry(ASKER, "com.acme.Product", "i17"));
    }

    @Test
    void anEntryThatNobodyWaitsForHasNoAsker() {
        assertThat(Notice.of("E - hearth:{Things.12}:1")).isEqualTo(new Entry(null, "Things", "1"));
    }

    @Test
    void theNumberOfTheBucketIsNotTheRegions() {
        assertThat(Notice.of("R - hearth:{Things.2.7}")).isEqualTo(new Region(null, "Things.2", 7));
        assertThat(Notice.of("R - hearth:{Things.1023}")).isEqualTo(new Region(null, "Things", 1023));
    }

    @Test
    void bracesOfARegionsNameHaveBeenReplacedInItsKeys() {
        assertThat(Notice.of("E - hearth:{Map(a).0}:k")).isEqualTo(new Entry(null, "Map(a)", "k"));
    }

    @Test
    void aKeyspaceMayHaveDotsAndColons() {
        assertThat(Notice.of("E - shop.eu:v2:{Things.0}:k")).isEqualTo(new Entry(null, "Things", "k"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                ":",
                "a:b",
                "{",
                "}",
                "{x}",
                "a.0}:b",
                " ",
                " two words ",
                "line\nline",
                "\n",
                "#",
                "\u00e4\u20ac\ud83d\ude00",
                "!",
                "-"
            })
    void anyTextMayBeAKey(String key) {
        assertThat(Notice.of("E - hearth:{Things.0}:" + key)).isEqualTo(new Entry(null, "Things", key));
    }

    @Test
    void aRegionHasNoKey() {
        assertThat(Notice.of("R a0b1c2d3e4f50617:42 hearth:{Things.q.0}")).isEqualTo(new Region(ASKER, "Things.q", 0));
    }

    @Test
    void tablesStandOnLinesOfTheirOwn() {
        assertThat(Notice.of("T a0b1c2d3e4f50617:42 product\nshop.order line\n*"))
                .isEqualTo(new Tables(ASKER, List.of("product", "shop.order line", "*")));
    }

    @Test
    void anEntryAndTheTablesThatChangeWithItStandInOneMessage() {
        assertThat(Notice.of("C a0b1c2d3e4f50617:42 hearth:{Things.0}:1\nproduct\n*"))
                .isEqualTo(new Both(ASKER, new Entry(null, "Things", "1"), new Tables(null, List.of("product", "*"))));
    }

    @Test
    void oneSignStandsForAllTables() {
        assertThat(Notice.of("T - #")).isEqualTo(new Tables(null, List.of(Notice.ALL)));
    }

    @Test
    void aHeartbeatTellsItsNumberAndSinceWhenItsNodeIsKnown() {
        assertThat(Notice.of("B - a0b1c2d3e4f50617 7 0001700000000000"))
                .isEqualTo(new Beat("a0b1c2d3e4f50617", 7, "0001700000000000"));
    }

    @Test
    void aNumberStandsInFrontWhereTheServerCounts() {
        Tables tables = new Tables(null, List.of(Notice.ALL));
        assertThat(Notice.numbered("0001700000000000.17 T - #"))
                .isEqualTo(new Numbered(new Notice.Number("0001700000000000", 17), tables));
        assertThat(Notice.numbered("- T - #")).isEqualTo(new Numbered(null, tables));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0001700000000000.17",
                "0001700000000000.17 ",
                "0001700000000000.17 T",
                "0001700000000000.-1 T - #",
                "0001700000000000.1234567890123456789 T - #",
                "0001700000000000 T - #",
                "17.17 T - #",
                "17 T - #",
                "T - #",
                " T - #"
            })
    void whatHasNoNumberWhereOneBelongsHasNoMeaning(String garbage) {
        assertThat(Notice.numbered(garbage).notice()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "E",
                "E -",
                "E - ",
                "X - hearth:{Things.0}:1",
                "E hearth:{Things.0}:1",
                "E node hearth:{Things.0}:1",
                "E node:x hearth:{Things.0}:1",
                "E node:1234567890123456789 hearth:{Things.0}:1",
                "E - hearth",
                "E - {Things.0}:1",
                "E - hearth:{Things}:1",
                "E - hearth:{Things.12345}:1",
                "E - hearth:{}:1",
                "R - hearth:{Things.0}1",
                "C - hearth:{Things.0}:1",
                "C - hearth:{Things.0}\nproduct",
                "C - product\n*",
                "B - node",
                "B - node 1",
                "B - node 1 17",
                "B - node x 0001700000000000",
                "B - node 1234567890123456789 0001700000000000"
            })
    void garbageHasNoMeaning(String garbage) {
        assertThat(Notice.of(garbage)).isNull();
    }
}
