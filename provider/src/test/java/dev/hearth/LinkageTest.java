package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * That the provider's classes, as they were compiled, find in the Hibernate of this run what they refer to. The JVM would
 * say so only when it first comes there.
 */
@AnalyzeClasses(packages = "dev.hearth", importOptions = ArchitectureTest.OnlyTheProvider.class)
final class LinkageTest {
    @ArchTest
    static void everyMemberOfHibernateIsThereWithTheDescriptorThatWasCompiledIn(JavaClasses provider) {
        List<? extends AccessTarget> targets = provider.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .map(JavaAccess::getTarget)
                .filter(target -> target.getOwner().getPackageName().startsWith("org.hibernate"))
                .toList();

        assertThat(targets).hasSizeGreaterThan(500);
        assertThat(targets.stream().filter(target -> !isThere(target)).map(AccessTarget::getFullName))
                .isEmpty();
    }

    private static boolean isThere(AccessTarget target) {
        Class<?> owner = target.getOwner().reflect();
        if (target instanceof AccessTarget.CodeUnitAccessTarget wanted) {
            return hierarchy(owner).stream()
                    .flatMap(type -> Stream.of(
                            type.getDeclaredMethods(), type == owner ? type.getDeclaredConstructors() : none()))
                    .flatMap(Arrays::stream)
                    .anyMatch(found -> isSame(found, wanted));
        }
        AccessTarget.FieldAccessTarget wanted = (AccessTarget.FieldAccessTarget) target;
        return hierarchy(owner).stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .anyMatch(found -> found.getName().equals(wanted.getName())
                        && found.getType().getName().equals(wanted.getRawType().getName()));
    }

    private static Constructor<?>[] none() {
        return new Constructor<?>[0];
    }

    private static boolean isSame(Executable found, AccessTarget.CodeUnitAccessTarget wanted) {
        String name = found instanceof Method ? found.getName() : "<init>";
        Class<?> returned = found instanceof Method method ? method.getReturnType() : void.class;
        return name.equals(wanted.getName())
                && returned.getName().equals(wanted.getRawReturnType().getName())
                && Arrays.stream(found.getParameterTypes())
                        .map(Class::getName)
                        .toList()
                        .equals(wanted.getRawParameterTypes().stream()
                                .map(JavaClass::getName)
                                .toList());
    }

    /** The type and all that it inherits from; of an interface, Object as well, whose methods it has. */
    private static Set<Class<?>> hierarchy(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        collect(type, found);
        found.add(Object.class);
        return found;
    }

    private static void collect(Class<?> type, Set<Class<?>> found) {
        if (type != null && found.add(type)) {
            collect(type.getSuperclass(), found);
            for (Class<?> parent : type.getInterfaces()) {
                collect(parent, found);
            }
        }
    }
}
