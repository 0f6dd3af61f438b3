package dev.hearth.boot.autoconfigure;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.Setting;
import dev.hearth.config.SettingProblem;
import dev.hearth.config.SettingTypes;
import dev.hearth.warming.WarmingSettingTable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Translates what stands under {@code hearth.} in the environment into Hibernate's settings, and refuses names that mean
 * nothing. The provider and warming check the values. Used once.
 */
final class EnvironmentSettings {
    /* Known names are asked for through the binder, so that all of Boot's spellings and sources work. Those that have a region's
     * or a task's name in them can only be found by looking through the sources. What the process shares with others, its
     * environment and system properties, may have names under "hearth." that are not ours: Kubernetes puts HEARTH_PORT
     * there for a service named so. Unknown names are left alone there; and names of regions and tasks, whose case counts, are
     * not looked for in the environment, which has none. */
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("hearth");
    private static final ConfigurationPropertyName REGIONS = ConfigurationPropertyName.of(PropertyNames.REGIONS);
    private static final ConfigurationPropertyName TASKS = ConfigurationPropertyName.of(PropertyNames.TASKS);

    private final Environment environment;
    private final Binder binder;
    private final Map<String, Setting<?>> regionSettings = PropertyNames.ofRegions();
    private final Set<ConfigurationPropertyName> known = new LinkedHashSet<>();
    private final Set<ConfigurationPropertyName> knownLists = new LinkedHashSet<>();
    private final Map<String, Object> settings = new TreeMap<>();
    private final Map<String, SettingProblem> problems = new TreeMap<>();

    private EnvironmentSettings(Environment environment) {
        this.environment = environment;
        this.binder = Binder.get(environment);
    }

    /**
     * The settings by Hibernate's names, as they were written.
     *
     * @throws HearthConfigurationException if a name means nothing; it lists all that do not, each with the nearest that does
     */
    static Map<String, Object> read(Environment environment) {
        return new EnvironmentSettings(environment).read();
    }

    private Map<String, Object> read() {
        PropertyNames.OF_BOOT.forEach(name -> known.add(ConfigurationPropertyName.of(name)));
        PropertyNames.all().forEach(this::bind);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable
                    && !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)) {
                boolean shared = isSystemProperties(source);
                iterable.stream().filter(ROOT::isAncestorOf).forEach(name -> find(name, shared));
            }
        }
        if (!problems.isEmpty()) throw new HearthConfigurationException(List.copyOf(problems.values()));
        return settings;
    }

    private void bind(PropertyNames.Named named) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(named.property());
        known.add(name);
        if (named.list()) {
            knownLists.add(name);
            binder.bind(name, Bindable.listOf(String.class))
                    .ifBound(value -> settings.put(named.hibernate(), String.join(",", value)));
        } else {
            put(name, named.hibernate(), named.flag());
        }
    }

    private void put(ConfigurationPropertyName name, String hibernate, boolean flag) {
        binder.bind(name, Bindable.of(Object.class)).ifBound(value -> settings.put(hibernate, text(value, flag)));
    }

    /* YAML reads a bare "off" as false. */
    private static String text(Object value, boolean flag) {
        if (value instanceof Boolean bool && !flag) return bool ? "on" : "off";
        return value.toString();
    }

    private void find(ConfigurationPropertyName name, boolean shared) {
        if (REGIONS.isAncestorOf(name)) {
            findInRegion(name);
        } else if (TASKS.isAncestorOf(name)) {
            findInTask(name);
        } else if (!shared && !isKnown(name)) {
            unknown(
                    name,
                    known.stream().map(ConfigurationPropertyName::toString).toList());
        }
    }

    private boolean isKnown(ConfigurationPropertyName name) {
        return known.contains(name) || (isIndexed(name) && knownLists.contains(name.getParent()));
    }

    private static boolean isIndexed(ConfigurationPropertyName name) {
        return name.isNumericIndex(name.getNumberOfElements() - 1);
    }

    /* The longest name of a setting that ends the name is meant, since the names of both may have dots. */
    private void findInRegion(ConfigurationPropertyName name) {
        int first = REGIONS.getNumberOfElements();
        for (int setting = first + 1; setting < name.getNumberOfElements(); setting++) {
            Optional<String> meant = match(tail(name, setting, Form.UNIFORM), regionSettings.keySet());
            if (meant.isPresent()) {
                String region = tail(name.chop(setting), first, Form.ORIGINAL);
                Setting<?> found = regionSettings.get(meant.get());
                if (found != null) {
                    put(
                            name,
                            PropertyNames.HIBERNATE_REGION + region + "." + found.name(),
                            PropertyNames.isFlag(found));
                }
                return;
            }
        }
        int last = name.getNumberOfElements() - 1;
        String start = last > first
                ? PropertyNames.REGIONS + "[" + tail(name.chop(last), first, Form.ORIGINAL) + "]."
                : PropertyNames.REGIONS + "[<region>].";
        unknown(
                name,
                regionSettings.keySet().stream().map(setting -> start + setting).toList());
    }

    private void findInTask(ConfigurationPropertyName name) {
        int first = TASKS.getNumberOfElements();
        ConfigurationPropertyName property = isIndexed(name) ? name.getParent() : name;
        List<String> properties = WarmingSettingTable.taskProperties();
        Optional<String> meant = property.getNumberOfElements() == first + 2
                ? match(property.getLastElement(Form.UNIFORM), properties)
                : Optional.empty();
        String task = name.getElement(first, Form.ORIGINAL);
        if (meant.isEmpty()) {
            unknown(
                    name,
                    properties.stream()
                            .map(known -> PropertyNames.TASKS + "." + task + "." + known)
                            .toList());
        } else if (property.equals(name)) {
            put(name, PropertyNames.HIBERNATE_TASK + task + "." + meant.get(), true);
        } else {
            // Sets of parameters have white space between them, where other lists have commas.
            String separator = meant.get().equals("parameters") ? " " : ",";
            binder.bind(property, Bindable.listOf(String.class))
                    .ifBound(value -> settings.put(
                            PropertyNames.HIBERNATE_TASK + task + "." + meant.get(), String.join(separator, value)));
        }
    }

    private static Optional<String> match(String uniform, Iterable<String> names) {
        for (String name : names) {
            if (name.replace("-", "").equals(uniform)) return Optional.of(name);
        }
        return Optional.empty();
    }

    private static String tail(ConfigurationPropertyName name, int from, Form form) {
        return String.join(
                ".",
                Stream.iterate(from, i -> i < name.getNumberOfElements(), i -> i + 1)
                        .map(i -> name.getElement(i, form))
                        .toList());
    }

    private void unknown(ConfigurationPropertyName name, List<String> valid) {
        String given = name.toString();
        problems.put(
                given,
                new SettingProblem(
                        given,
                        "is not a setting of Hearth",
                        "the nearest is " + SettingTypes.nearest(given, valid).orElse("hearth.redis.url")));
    }

    private static boolean isSystemProperties(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> properties
                && properties.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    }
}
