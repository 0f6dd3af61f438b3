package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingFingerprintTest {
    private static final String ITEM = """
            package versions;
            import jakarta.persistence.*;
            import java.util.*;
            import org.hibernate.annotations.*;
            import org.hibernate.annotations.Cache;
            @Entity @Cacheable @Inheritance @NaturalIdCache
            @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
            public class Item {
                @Id long id;
                @Version int version;
                @NaturalId String code;
                String name;
                int count;
                Status status;
                @Embedded Size size;
                @Convert(converter = ByText.class) Money price;
                List<String> texts;
                @ManyToOne Item parent;
                @ElementCollection @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
                Map<String, Status> states;
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
                @Entity public static class Special extends Item { int level; }
            }
            """;

    private static Map<String, Long> unchanged;

    @BeforeAll
    static void compile(@TempDir Path directory) {
        unchanged = fingerprints(ITEM, directory);
    }

    @Test
    void anotherJvmComputesTheSameFingerprints() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:hashCode=2",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PrintedFingerprints.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(parse(output))
                .isEqualTo(PrintedFingerprints.all(ShopModel.ENTITIES))
                .hasSizeGreaterThan(10);
    }

    private static Map<String, Long> parse(String output) {
        Map<String, Long> fingerprints = new TreeMap<>();
        output.lines().filter(line -> line.startsWith("> ")).forEach(line -> {
            int equals = line.indexOf('=');
            fingerprints.put(line.substring(2, equals), Long.valueOf(line.substring(equals + 1)));
        });
        return fingerprints;
    }

    @Test
    void theSameMappingInAnotherClassLoaderHasTheSameFingerprint(@TempDir Path directory) {
        assertThat(fingerprints(ITEM, directory)).isEqualTo(unchanged);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            an attribute more          | int count;               | int count; int added;
            an attribute less          | int count;               |
            an attribute renamed       | int count;               | int counter;
            an attribute retyped       | int count;               | long count;
            an attribute made nullable | int count;               | Integer count;
            a constant more            | NEW, OLD                 | NEW, OLD, LOST
            constants reordered        | NEW, OLD                 | OLD, NEW
            a component's attribute    | int width;               | long width;
            a component's primitive    | int height;              | Integer height;
            a value class's layout     | Money(long cents)        | Money(int cents)
            another converter          | ByText.class             | ByNumber.class
            other elements of a list   | List<String> texts       | List<Integer> texts
            another target             | @ManyToOne Item parent   | @ManyToOne Special parent
            another identifier         | @Id long id              | @Id int id
            another version            | @Version int version     | @Version long version
            no version                 | @Version int version     | int version
            another subclass           | class Special            | class Other
            a subclass's attribute     | int level                | long level
            """)
    void aChangedEntityHasAnotherFingerprint(String change, String before, String after, @TempDir Path directory) {
        String changed = ITEM.replace(before, after == null ? "" : after)
                .replace(change.equals("another subclass") ? "Special" : "\u0000", "Other");

        assertThat(changed).isNotEqualTo(ITEM);
        assertThat(fingerprints(changed, directory).get("versions.Item")).isNotEqualTo(unchanged.get("versions.Item"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            other elements    | versions.Item.states       | Map<String, Status> states | Map<String, Integer> states
            another index     | versions.Item.states       | Map<String, Status> states | Map<Integer, Status> states
            another structure | versions.Item.states       | Map<String, Status> states | Set<Status> states
            another owner     | versions.Item.states       | @Id long id                | @Id int id
            a constant more   | versions.Item.states       | NEW, OLD                   | NEW, OLD, LOST
            another target    | versions.Item##NaturalId   | @Id long id                | @Id int id
            """)
    void aChangedCollectionOrIdentifierHasAnotherFingerprint(
            String change, String role, String before, String after, @TempDir Path directory) {
        assertThat(fingerprints(ITEM.replace(before, after), directory).get(role))
                .as(change)
                .isNotEqualTo(unchanged.get(role));
    }

    @Test
    void whatConcernsOtherRolesLeavesTheFingerprintAlone(@TempDir Path directory) {
        String changed = ITEM.replace("int count;", "int count; Thread.State added;");

        assertThat(fingerprints(changed, directory).get("versions.Item.states"))
                .isEqualTo(unchanged.get("versions.Item.states"));
    }

    @Test
    void modelClassesAreNumberedInTheOrderOfTheirNames() {
        ModelClasses classes = new ModelClasses(java.util.Set.of(), type -> false);
        assertThat(classes.admit(Thread.State.class)).isNull();
        assertThat(classes.admit(ShopModel.Money.class)).isNull();
        assertThat(classes.admit(BasicTypesModel.Status.class)).isNull();

        assertThat(classes.table().describe().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("96 enum dev.hearth.encoding.BasicTypesModel$Status("),
                        line -> assertThat(line).startsWith("97 record dev.hearth.encoding.ShopModel$Money("),
                        line -> assertThat(line).startsWith("98 enum java.lang.Thread$State("));
    }

    private static Map<String, Long> fingerprints(String source, Path directory) {
        Class<?> item = CompiledModel.of("versions.Item", source, directory);
        return PrintedFingerprints.all(item, item.getDeclaredClasses()[indexOfSubclass(item)]);
    }

    private static int indexOfSubclass(Class<?> item) {
        Class<?>[] declared = item.getDeclaredClasses();
        for (int i = 0; i < declared.length; i++) {
            if (item.isAssignableFrom(declared[i])) {
                return i;
            }
        }
        throw new AssertionError("No subclass");
    }
}
