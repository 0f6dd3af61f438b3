package dev.hearth.boot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The auto-configuration knows everything here; what it configures knows the provider, and not the auto-configuration. */
@AnalyzeClasses(packages = "dev.hearth.boot", importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleArchitectureTest {
    @ArchTest
    static final ArchRule nothingImportsTheAutoConfiguration = noClasses()
            .that()
            .resideOutsideOfPackage("dev.hearth.boot.autoconfigure..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.hearth.boot.autoconfigure..");

    @ArchTest
    static final ArchRule theStarterKnowsOnlyWhatIsPublicOfTheProvider = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.hearth.store..",
                    "dev.hearth.near..",
                    "dev.hearth.protocol..",
                    "dev.hearth.encoding..",
                    "dev.hearth.hibernate..",
                    "dev.hearth.jmx..");
}
