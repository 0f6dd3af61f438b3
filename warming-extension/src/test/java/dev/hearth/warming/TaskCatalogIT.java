package dev.hearth.warming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.SettingProblem;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisExtension;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is declared, and what is wrong with it. */
final class TaskCatalogIT {
    private static final String TASK = WarmingSettings.TASK;

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private static Nodes nodes;

    @BeforeAll
    static void start() {
        nodes = Nodes.on(postgres.database(), redis.endpoint())
                .setting("hibernate.cache.region_prefix", redis.keyspace())
                .entities(Novel.class, Draft.class)
                .start(1);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static Map<String, TaskCatalog.Checked> catalog(Map<String, ?> settings, WarmTask... tasks) {
        Map<String, TaskCatalog.Checked> all = new HashMap<>();
        TaskCatalog.of(
                        nodes.get(0).implementor(),
                        WarmingSettings.read(settings).with(List.of(tasks)))
                .forEach(checked -> all.put(checked.task().name(), checked));
        return all;
    }

    private static List<String> problems(Map<String, ?> settings, WarmTask... tasks) {
        return catchThrowableOfType(HearthConfigurationException.class, () -> catalog(settings, tasks))
                .problems()
                .stream()
                .map(SettingProblem::toString)
                .toList();
    }

    @Test
    void annotationsDeclareTasks() {
        Map<String, TaskCatalog.Checked> catalog = catalog(Map.of());

        assertThat(catalog).containsOnlyKeys("Novel", "thick", "Novel-longerThan", "supplied");
        WarmTask novels = catalog.get("Novel").task();
        assertThat(novels.priority()).isEqualTo(Priority.CRITICAL);
        assertThat(novels.target())
                .isEqualTo(new WarmTarget.Entities(
                        Novel.class,
                        "e.pages > :pages",
                        Map.of("pages", 100),
                        List.of("title", "pages desc"),
                        1000,
                        Set.of("sequels"),
                        true));
        assertThat(novels.schedule()).isEqualTo(new Schedule.Every(Duration.ofMinutes(15)));
        assertThat(novels.triggers()).isEqualTo(EnumSet.of(Trigger.START, Trigger.SCHEDULE));
        assertThat(catalog.get("Novel").region()).isEqualTo(Novel.class.getName());
        assertThat(catalog.get("thick").task().triggers()).isEqualTo(EnumSet.of(Trigger.CLEARED));
        assertThat(catalog.get("Novel-longerThan").task().target())
                .isEqualTo(new WarmTarget.Results(
                        "Novel.longerThan",
                        List.of(Map.of("pages", 10, "title", "Emma"), Map.of("pages", 20, "title", "War & Peace"))));
        assertThat(catalog.get("Novel-longerThan").region()).isEqualTo("default-query-results-region");
        assertThat(catalog.get("supplied").task().currentTarget())
                .isEqualTo(new WarmTarget.Results("Novel.longerThan", List.of(Map.of("pages", 500, "title", ""))));
    }

    @Test
    void settingsOverrideAnnotationsRemoveThemAndDeclareMore() {
        Map<String, TaskCatalog.Checked> catalog = catalog(Map.of(
                TASK + "Novel.priority", "low",
                TASK + "Novel.cron", "0 0 3 * * *",
                TASK + "Novel.parameters", "pages=7",
                TASK + "thick.enabled", "false",
                TASK + "supplied.parameters", "pages=1&title=a pages=2&title=b",
                TASK + "more.entity", "Novel",
                TASK + "more.order-by", "id"));

        assertThat(catalog).containsOnlyKeys("Novel", "Novel-longerThan", "supplied", "more");
        WarmTask novels = catalog.get("Novel").task();
        assertThat(novels.priority()).isEqualTo(Priority.LOW);
        assertThat(novels.schedule()).isEqualTo(new Schedule.At("0 0 3 * * *"));
        assertThat(((WarmTarget.Entities) novels.target()).parameters()).isEqualTo(Map.of("pages", 7));
        assertThat(((WarmTarget.Results) catalog.get("supplied").task().currentTarget()).parameters())
                .hasSize(2);
        assertThat(((WarmTarget.Entities) catalog.get("more").task().target()).order())
                .containsExactly("id");
    }

    @Test
    void whatLoadsSomethingElseIsAnotherDefinition() {
        String novels = catalog(Map.of()).get("Novel").definition();

        assertThat(catalog(Map.of()).get("Novel").definition()).isEqualTo(novels);
        assertThat(catalog(Map.of(TASK + "Novel.priority", "low")).get("Novel").definition())
                .isEqualTo(novels);
        assertThat(catalog(Map.of(TASK + "Novel.limit", "5")).get("Novel").definition())
                .isNotEqualTo(novels);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Novel.prioritty | low | is not a property of a task | Novel.priority",
                "Novel.priority | urgent | is 'urgent' | one of critical, high, normal, low",
                "Novel.where | e.pagez > :pages | is 'e.pagez > :pages', which is no legal HQL | pagez",
                "Novel.where | e.pages > ( | which is no legal HQL | ",
                "Novel.parameters | pages=many | has 'many' for 'pages' | it must be a",
                "Novel.parameters | pagez=1 | has 'pagez', which is no parameter | the nearest is 'pages'",
                "Novel.parameters | pagez=1 | has no value for 'pages' | add pages=",
                "Novel.parameters | pages | in which 'pages' is no name=value | ",
                "Novel.order-by | titel desc | no attribute 'titel' | the nearest is 'title'",
                "Novel.order-by | title sideways | has 'title sideways' | perhaps followed by asc or desc",
                "Novel.collections | sequel | no cached collection | the nearest is 'sequels'",
                "Novel.collections | imitations | no cached collection | the nearest is",
                "Novel.limit | -1 | is '-1' | a whole number from 0",
                "Novel.every | often | is 'often', which is not a duration | 15m",
                "Novel.cron | 99 * * * * | which is no cron expression | ",
                "Novel.cron | never | which is no cron expression | five fields",
                "Novel.on | start | is without SCHEDULE, but there is a schedule | add SCHEDULE",
                "Novel.on | start,schedule,sometimes | is 'sometimes' | one of start, schedule, cleared, cold",
                "Novel.on | start,schedule,cold | is 0.0, but the task runs on COLD | for example 0.8",
                "Novel.hit-ratio-below | 2 | is '2' | from 0 to 1",
                "Novel.entity | Novell | is 'Novell', which is no entity | the nearest is 'Novel'",
                "Novel.entity | Draft | which is not cached | org.hibernate.annotations.Cache",
                "Novel.query | Novel.longerThan | names both an entity and a query | ",
                "more.where | e.pages > 1 | names neither an entity nor a query | more.entity",
                "supplied.query | Novel.longer | is 'Novel.longer', which is no named query | the nearest is 'Novel.longerThan'",
                "supplied.query | Novel.uncached | which is not cacheable | org.hibernate.cacheable=true",
                "supplied.supplier | dev.hearth.Nothing | of which no Supplier can be made | ",
                "supplied.on | cleared | has CLEARED | START, SCHEDULE or COLD",
                "supplied.limit | 5 | says nothing of a query's results | remove it",
            })
    void mistakesAreNamedWithTheirValueAndWhatIsAllowed(String key, String value, String says, String remedy) {
        List<String> problems = problems(Map.of(TASK + key, value));

        assertThat(problems)
                .anySatisfy(problem -> assertThat(problem)
                        .contains(taskOf(key))
                        .contains(says)
                        .contains(remedy == null ? "" : remedy));
        assertThat(problems)
                .as("nothing that is right is complained of")
                .allSatisfy(problem -> assertThat(problem).contains(taskOf(key)).doesNotContain("thick"));
    }

    private static String taskOf(String key) {
        return key.substring(0, key.indexOf('.'));
    }

    @Test
    void allMistakesAreToldAtOnce() {
        List<String> problems = problems(
                Map.of(
                        TASK + "Novel.order-by", "titel",
                        TASK + "thick.limit", "much",
                        TASK + "b!.entity", "Novel",
                        TASK + "supplied.priorty", "low"),
                WarmTask.entities("thick", Novel.class).build(),
                WarmTask.entities("draft", Draft.class)
                        .where("e.txt is null")
                        .naturalIds(true)
                        .build());

        assertThat(String.join(System.lineSeparator(), problems))
                .contains("no attribute 'titel'")
                .contains("thick.limit is 'much'")
                .contains("is named 'b!'")
                .contains("supplied.priorty is not a property")
                .contains("task 'thick' is there already")
                .contains("where of task 'draft' is 'e.txt is null'")
                .contains("entity of task 'draft' is 'dev.hearth.warming.Draft', which is not cached")
                .contains("no cached natural id");
        assertThat(problems).hasSize(8);
    }

    @Test
    void settingsOfWarmingAreCheckedAsWell() {
        assertThat(problems(Map.of(WarmingSettings.PREFIX + "worker", "3", WarmingSettings.PREFIX + "lease", "1ms")))
                .anySatisfy(problem -> assertThat(problem).contains("the nearest is hibernate.hearth.warming.workers"))
                .anySatisfy(problem -> assertThat(problem).contains("lease is '1ms', which is too little"))
                .hasSize(2);
    }

    @Test
    void whatASupplierGivesIsConvertedAndCheckedAtEachRun() {
        WarmTask fits = WarmTask.results("fits", "Novel.longerThan")
                .parameters(() -> List.of(Map.of("pages", "500", "title", "Emma")))
                .build();
        WarmTask fitsNot = WarmTask.results("fits-not", "Novel.longerThan")
                .parameters(() -> List.of(Map.of("pagez", "500", "title", "Emma")))
                .build();
        Map<String, TaskCatalog.Checked> catalog = catalog(Map.of(), fits, fitsNot);

        assertThat(catalog.get("fits").task().currentTarget())
                .isEqualTo(new WarmTarget.Results("Novel.longerThan", List.of(Map.of("pages", 500, "title", "Emma"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catalog.get("fits-not").task().currentTarget())
                .withMessageContaining("what the supplier of task 'fits-not' gives has 'pagez', which is no parameter")
                .withMessageContaining("the nearest is 'pages'")
                .withMessageContaining("has no value for 'pages'");
    }
}
