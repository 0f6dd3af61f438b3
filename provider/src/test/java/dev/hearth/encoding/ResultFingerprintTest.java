package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When two versions of an application read each other's query results. */
class ResultFingerprintTest {
    private static final String MODEL = """
            package versions;
            import jakarta.persistence.*;
            import java.util.*;
            import org.hibernate.annotations.*;
            public class Model {
                @Entity(name = "Item") public static class Item {
                    @Id long id;
                    @Version int version;
                    String name;
                    int count;
                    Status status;
                    @Embedded Size size;
                    @Convert(converter = ByText.class) Money price;
                    @ManyToOne Maker maker;
                    @ElementCollection @CollectionTable(name = "Marks") List<String> marks;
                }
                @Entity(name = "Special") public static class Special extends Item { int level; }
                @Entity(name = "Maker") public static class Maker { @Id long id; String title; }
                @Entity(name = "Other") public static class Other { @Id long id; Status status; }
                public enum Status { NEW, OLD }
                @Embeddable public static class Size { int width; int height; }
                @Immutable public record Money(long cents) implements java.io.Serializable {}
                public static class ByText implements AttributeConverter<Money, String> {
                    public String convertToDatabaseColumn(Money money) { return null; }
                    public Money convertToEntityAttribute(String text) { return null; }
                }
                public static class ByNumber implements AttributeConverter<Money, Long> {
                    public Long convertToDatabaseColumn(Money money) { return null; }
                    public Money convertToEntityAttribute(Long number) { return null; }
                }
            }
            """;

    private static Map<List<String>, Long> unchanged;

    @BeforeAll
    static void compile(@TempDir Path directory) {
        unchanged = fingerprints(MODEL, directory);
    }

    private static final List<String> ITEMS = List.of("\"Item\"");
    private static final List<String> MARKS = List.of("\"Marks\"");
    private static final List<String> OTHERS = List.of("\"Other\"");
    private static final List<String> EVERYTHING = List.of();
    private static final List<String> UNKNOWN = List.of("\"Item\"", "a view");

    private static Map<List<String>, Long> fingerprints(String source, Path directory) {
        Class<?>[] entities = Arrays.stream(
                        CompiledModel.of("versions.Model", source, directory).getDeclaredClasses())
                .filter(type -> type.isAnnotationPresent(jakarta.persistence.Entity.class))
                .sorted(Comparator.comparing(Class::getName))
                .toArray(Class<?>[]::new);
        try (EncodingFixture fixture = EncodingFixture.of(entities)) {
            EntryCodecs codecs = new EntryCodecs(fixture.sessions, List.of());
            Map<List<String>, Long> fingerprints = new LinkedHashMap<>();
            for (List<String> tables : List.of(ITEMS, MARKS, OTHERS, EVERYTHING, UNKNOWN)) {
                fingerprints.put(
                        tables, codecs.forResults(tables, EntryLimits.DEFAULTS).fingerprint());
            }
            return fingerprints;
        }
    }

    @Test
    void theSameMappingHasTheSameFingerprintsAndOtherTablesHaveOthers(@TempDir Path directory) {
        assertThat(fingerprints(MODEL, directory)).isEqualTo(unchanged);
        assertThat(List.of(unchanged.get(ITEMS), unchanged.get(MARKS), unchanged.get(OTHERS)))
                .doesNotHaveDuplicates();
        assertThat(unchanged.get(UNKNOWN)).isEqualTo(unchanged.get(EVERYTHING));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            an attribute more          | int count;               | int count; int added;
            an attribute less          | int count;               |
            an attribute renamed       | int count;               | @Column(name = "count") int counter;
            an attribute retyped       | int count;               | long count;
            another column             | int count;               | @Column(name = "c") int count;
            a constant more            | NEW, OLD                 | NEW, OLD, LOST
            constants reordered        | NEW, OLD                 | OLD, NEW
            a component's attribute    | int width;               | long width;
            a value class's layout     | Money(long cents)        | Money(int cents)
            another converter          | ByText.class             | ByNumber.class
            another target's key       | class Maker { @Id long   | class Maker { @Id int
            another identifier         | class Item { @Id long    | class Item { @Id int
            another version            | @Version int version     | @Version long version
            a subclass's attribute     | int level                | long level
            another layout in the cache| @Entity(name = "Item")   | @QueryCacheLayout(layout = CacheLayout.SHALLOW) @Entity(name = "Item")
            """)
    void aChangedEntityChangesTheFingerprintOfItsTables(
            String change, String before, String after, @TempDir Path directory) {
        String changed = changed(before, after);

        Map<List<String>, Long> fingerprints = fingerprints(changed, directory);
        assertThat(fingerprints.get(ITEMS)).isNotEqualTo(unchanged.get(ITEMS));
        assertThat(fingerprints.get(EVERYTHING)).isNotEqualTo(unchanged.get(EVERYTHING));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            another entity             | class Other { @Id long id; | class Other { @Id int id; String added;
            the target's other columns | String title;              | int title; int added;
            """)
    void whatLiesInOtherTablesLeavesTheFingerprintAlone(
            String change, String before, String after, @TempDir Path directory) {
        Map<List<String>, Long> fingerprints = fingerprints(changed(before, after), directory);

        assertThat(fingerprints.get(ITEMS)).isEqualTo(unchanged.get(ITEMS));
        assertThat(fingerprints.get(MARKS)).isEqualTo(unchanged.get(MARKS));
        assertThat(fingerprints.get(EVERYTHING)).isNotEqualTo(unchanged.get(EVERYTHING));
    }

    @Test
    void theElementsOfACollectionChangeTheFingerprintOfItsTable(@TempDir Path directory) {
        Map<List<String>, Long> fingerprints =
                fingerprints(changed("List<String> marks", "List<Integer> marks"), directory);

        assertThat(fingerprints.get(MARKS)).isNotEqualTo(unchanged.get(MARKS));
        assertThat(fingerprints.get(OTHERS)).isEqualTo(unchanged.get(OTHERS));
    }

    private static String changed(String before, String after) {
        String flat = MODEL.replaceAll("\\{\\s+@Id", "{ @Id");
        assertThat(flat).contains(before);
        return flat.replace(before, after == null ? "" : after);
    }
}
