package dev.hearth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The versions of one entity class that an application might run side by side while it is rolled out. */
enum ItemVersion {
    BASE(List.of("name", "amount", "note", "street"), "Integer", "", "", false),
    FIELD_ADDED(List.of("name", "amount", "note", "street", "extra"), "Integer", "String extra;", "", false),
    FIELD_REMOVED(List.of("name", "amount", "street"), "Integer", "", "", false),
    FIELD_RETYPED(List.of("name", "amount", "note", "street"), "Long", "", "", false),
    SUBCLASS_ADDED(List.of("name", "amount", "note", "street"), "Integer", "", "", true),
    EMBEDDABLE_CHANGED(List.of("name", "amount", "note", "street", "city"), "Integer", "", "String city;", false);

    static final String PACKAGE = "dev.hearth.versions";
    static final String ITEM = PACKAGE + ".Item";
    static final String SPECIAL_ITEM = PACKAGE + ".SpecialItem";

    /** One table that suits all versions, as a careful migration leaves it while they run together. */
    static final String TABLE = "create table item (id bigint primary key, dtype varchar(31) not null default 'Item',"
            + " name varchar(255), amount bigint, note varchar(255), street varchar(255), extra varchar(255),"
            + " city varchar(255), special varchar(255))";

    private final List<String> columns;
    private final String amountType;
    private final String addedToItem;
    private final String addedToPlace;
    private final boolean hasSubclass;

    ItemVersion(List<String> columns, String amountType, String addedToItem, String addedToPlace, boolean hasSubclass) {
        this.columns = columns;
        this.amountType = amountType;
        this.addedToItem = addedToItem;
        this.addedToPlace = addedToPlace;
        this.hasSubclass = hasSubclass;
    }

    /** The columns of the table that this version maps. */
    List<String> columns() {
        return columns;
    }

    /** Compiles this version into a folder below the given one, and loads it. */
    List<Class<?>> load(Path directory) {
        Path folder = directory.resolve(name());
        try {
            List<String> arguments = new ArrayList<>(List.of(
                    "-proc:none", "-classpath", System.getProperty("java.class.path"), "-d", folder.toString()));
            arguments.add(write(folder, "Place", place()));
            arguments.add(write(folder, "Item", item()));
            if (hasSubclass) {
                arguments.add(write(folder, "SpecialItem", specialItem()));
            }
            int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            if (result != 0) {
                throw new AssertionError(this + " does not compile");
            }
            ClassLoader loader =
                    new URLClassLoader(new URL[] {folder.toUri().toURL()}, ItemVersion.class.getClassLoader());
            List<Class<?>> classes = new ArrayList<>(List.of(loader.loadClass(ITEM)));
            if (hasSubclass) {
                classes.add(loader.loadClass(SPECIAL_ITEM));
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static String write(Path folder, String name, String source) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name + ".java");
        Files.writeString(file, "package " + PACKAGE + ";\n" + source, StandardCharsets.UTF_8);
        return file.toString();
    }

    private String item() {
        return """
                import jakarta.persistence.*;
                import org.hibernate.annotations.Cache;
                import org.hibernate.annotations.CacheConcurrencyStrategy;

                @Entity @Table(name = "item") %s
                @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
                public class Item {
                    @Id Long id;
                    String name;
                    %s amount;
                    %s
                    %s
                    @Embedded Place place = new Place();
                    public Item() {}
                }
                """.formatted(
                        hasSubclass ? "@Inheritance(strategy = InheritanceType.SINGLE_TABLE)" : "",
                        amountType,
                        columns.contains("note") ? "String note;" : "",
                        addedToItem);
    }

    private String place() {
        return "@jakarta.persistence.Embeddable public class Place { String street; %s public Place() {} }"
                .formatted(addedToPlace);
    }

    private static String specialItem() {
        return """
                @jakarta.persistence.Entity
                public class SpecialItem extends Item {
                    String special;
                    public SpecialItem() {}
                }
                """;
    }

    /** What an entity of this version holds, by column; numbers as long, whatever their type. */
    Map<String, Object> read(Object entity) {
        Map<String, Object> values = new TreeMap<>();
        for (String column : columns) {
            Object value = get(owner(entity, column), column);
            if (value != null) {
                values.put(column, value instanceof Number number ? number.longValue() : value);
            }
        }
        return values;
    }

    /** Sets one column of an entity of this version. */
    void write(Object entity, String column, Object value) {
        Object fitting = value instanceof Long number && amountType.equals("Integer") ? number.intValue() : value;
        set(ownerForWrite(entity, column), column, fitting);
    }

    private static @Nullable Object owner(Object entity, String column) {
        return column.equals("street") || column.equals("city") ? get(entity, "place") : entity;
    }

    /* Hibernate leaves an embeddable null when all its columns are. */
    private static Object ownerForWrite(Object entity, String column) {
        Object owner = owner(entity, column);
        if (owner != null) {
            return owner;
        }
        try {
            Object place = field(entity, "place").getType().getConstructor().newInstance();
            set(entity, "place", place);
            return place;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static @Nullable Object get(@Nullable Object owner, String name) {
        try {
            return owner == null ? null : field(owner, name).get(owner);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    static void set(Object owner, String name, Object value) {
        try {
            field(owner, name).set(owner, value);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Field field(Object owner, String name) {
        for (Class<?> type = owner.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new AssertionError(owner.getClass() + " has no field " + name);
    }
}
