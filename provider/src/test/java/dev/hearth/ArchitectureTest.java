package dev.hearth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** The layers of the provider: data flows down the packages, and nothing imports upwards. */
@AnalyzeClasses(packages = "dev.hearth", importOptions = ArchitectureTest.OnlyTheProvider.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesOnlyImportWhatLiesBelowThem = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("entrance")
            .definedBy("dev.hearth")
            .layer("micrometer")
            .definedBy("dev.hearth.micrometer..")
            .layer("doctor")
            .definedBy("dev.hearth.doctor..")
            .layer("audit")
            .definedBy("dev.hearth.audit..")
            .layer("jmx")
            .definedBy("dev.hearth.jmx..")
            .layer("hibernate")
            .definedBy("dev.hearth.hibernate..")
            .layer("protocol")
            .definedBy("dev.hearth.protocol..")
            .layer("near")
            .definedBy("dev.hearth.near..")
            .layer("store")
            .definedBy("dev.hearth.store..")
            .layer("encoding")
            .definedBy("dev.hearth.encoding..")
            .layer("statistics")
            .definedBy("dev.hearth.statistics..")
            .layer("config")
            .definedBy("dev.hearth.config..")
            .whereLayer("entrance")
            .mayOnlyBeAccessedByLayers("micrometer")
            .whereLayer("micrometer")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("jmx")
            .mayOnlyBeAccessedByLayers("entrance")
            .whereLayer("doctor")
            .mayOnlyBeAccessedByLayers("entrance")
            .whereLayer("audit")
            .mayOnlyBeAccessedByLayers("entrance")
            .whereLayer("hibernate")
            .mayOnlyBeAccessedByLayers("entrance", "jmx", "doctor", "audit")
            .whereLayer("protocol")
            .mayOnlyBeAccessedByLayers("entrance", "doctor", "audit", "hibernate")
            .whereLayer("near")
            .mayOnlyBeAccessedByLayers("entrance", "audit", "hibernate", "protocol")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("entrance", "doctor", "audit", "hibernate", "protocol", "near")
            .whereLayer("encoding")
            .mayOnlyBeAccessedByLayers("entrance", "hibernate", "protocol", "near", "store")
            .whereLayer("statistics")
            .mayOnlyAccessLayers("config")
            .whereLayer("config")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.hearth.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule theProtocolKnowsNeitherHibernateNorRedisson = noClasses()
            .that()
            .resideInAPackage("dev.hearth.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hibernate..", "org.redisson..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheMetersNeedMicrometer = noClasses()
            .that()
            .resideOutsideOfPackage("dev.hearth.micrometer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "dev.hearth.micrometer..");

    @ArchTest
    static void everyPackageIsNullMarkedAndSaysWhatItIs(JavaClasses classes) {
        assertThat(classes.stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .allSatisfy(ArchitectureTest::isNullMarked);
    }

    private static void isNullMarked(JavaPackage checked) {
        assertThat(checked.tryGetPackageInfo())
                .as("package-info of %s", checked.getName())
                .hasValueSatisfying(info ->
                        assertThat(info.isAnnotatedWith(NullMarked.class)).isTrue());
    }

    /** Leaves out this module's tests and the test support, which shares the package root. */
    static final class OnlyTheProvider implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("/dev/hearth/test/");
        }
    }
}
