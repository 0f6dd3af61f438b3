package dev.hearth.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.boot.actuate.DoctorDescriptor;
import dev.hearth.boot.actuate.EvictionDescriptor;
import dev.hearth.boot.actuate.HearthDescriptor;
import dev.hearth.boot.actuate.PerformanceDescriptor;
import dev.hearth.boot.actuate.QueriesDescriptor;
import dev.hearth.boot.actuate.RegionDetailsDescriptor;
import dev.hearth.boot.actuate.UnitDescriptor;
import dev.hearth.boot.actuate.WarmingActionDescriptor;
import dev.hearth.boot.actuate.WarmingDescriptor;
import dev.hearth.boot.actuate.WarmingHistoryDescriptor;
import dev.hearth.boot.actuate.WarmingPlanDescriptor;
import dev.hearth.boot.dashboard.DashboardAccess;
import dev.hearth.test.shop.Country;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.javapoet.ClassName;
import org.springframework.web.context.support.GenericWebApplicationContext;

/** Spring's processing ahead of time finds what a native image must keep. No image is built. */
final class AheadOfTimeTest {
    private final RuntimeHints hints = process();

    private static RuntimeHints process() {
        GenericWebApplicationContext context = new GenericWebApplicationContext();
        TestPropertyValues.of(
                        "spring.datasource.url=jdbc:h2:mem:aot",
                        "hearth.dashboard.enabled=true",
                        "management.endpoints.web.exposure.include=*",
                        "management.endpoint.hearthperformance.access=UNRESTRICTED")
                .applyTo(context);
        new AnnotatedBeanDefinitionReader(context)
                .register(
                        Entities.class,
                        HearthAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        HibernateJpaAutoConfiguration.class,
                        HearthWarmingAutoConfiguration.class,
                        EndpointAutoConfiguration.class,
                        WebEndpointAutoConfiguration.class,
                        HearthEndpointAutoConfiguration.class,
                        HearthDashboardAutoConfiguration.class);
        DefaultGenerationContext generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get("dev.hearth", "Sample")), new InMemoryGeneratedFiles());
        new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        generation.writeGeneratedContent();
        return generation.getRuntimeHints();
    }

    @Test
    void everyAnswerOfAnEndpointCanBeWritten() {
        for (Class<?> answer : List.of(
                HearthDescriptor.class,
                UnitDescriptor.class,
                UnitDescriptor.Redis.class,
                RegionDetailsDescriptor.class,
                EvictionDescriptor.class,
                QueriesDescriptor.class,
                WarmingDescriptor.class,
                WarmingDescriptor.Task.class,
                WarmingPlanDescriptor.class,
                WarmingHistoryDescriptor.ClusterTask.class,
                WarmingActionDescriptor.OrderedTask.class,
                DoctorDescriptor.class,
                PerformanceDescriptor.class,
                DashboardAccess.class)) {
            Arrays.stream(answer.getRecordComponents())
                    .forEach(component -> assertThat(
                                    RuntimeHintsPredicates.reflection().onMethodInvocation(component.getAccessor()))
                            .as(answer.getName() + "." + component.getName())
                            .accepts(hints));
        }
    }

    @Test
    void everyScriptAndEveryPartOfTheDashboardIsKept() throws IOException {
        List<String> parts = List.of(
                "dev/hearth/store/*.lua",
                "dev/hearth/boot/dashboard/*.*s",
                "dev/hearth/boot/dashboard/*.html",
                "META-INF/resources/webjars/chart.js/*/dist/chart.umd.min.js");
        for (String part : parts) {
            Resource[] found = new PathMatchingResourcePatternResolver().getResources("classpath*:" + part);
            assertThat(found).as(part).isNotEmpty();
            for (Resource resource : found) {
                String url = resource.getURL().toString();
                String path = url.substring(url.indexOf(part.substring(0, part.indexOf('*'))));
                assertThat(RuntimeHintsPredicates.resource().forResource(path))
                        .as(path)
                        .accepts(hints);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Country.class)
    static class Entities {}
}
