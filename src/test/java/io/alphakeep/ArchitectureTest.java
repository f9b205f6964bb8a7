package io.alphakeep;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may import what: the data's path is readable from the folders only as long as this holds. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            // Also those of a build without the local part, which has a folder of its own.
            .withImportOption(location -> !location.contains("/test-classes"))
            .importPackages("io.alphakeep");

    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("market", List.of()),
            Map.entry("config", List.of()),
            Map.entry("db", List.of("config")),
            Map.entry("catalog", List.of("market", "config")),
            Map.entry("plan", List.of("market", "config", "catalog")),
            Map.entry("fetch", List.of("market", "config", "catalog")),
            Map.entry("decode", List.of("market", "config", "catalog")),
            Map.entry("budget", List.of("market", "config", "db")),
            Map.entry("write", List.of("market", "config", "db")),
            Map.entry("ledger", List.of("market", "config", "db")),
            Map.entry("maintain", List.of("config", "db")),
            Map.entry("advise", List.of("config", "db")),
            Map.entry("pool", List.of("config")),
            Map.entry(
                    "run",
                    List.of(
                            "market",
                            "config",
                            "db",
                            "catalog",
                            "plan",
                            "fetch",
                            "decode",
                            "budget",
                            "write",
                            "ledger",
                            "maintain",
                            "pool")),
            Map.entry("observe", List.of("run", "maintain", "pool", "advise", "db", "config")));

    static Stream<String> packages() {
        return MAY_IMPORT.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void importsOnlyWhatItMay(String name) {
        Set<String> allowed = new HashSet<>(MAY_IMPORT.get(name));
        allowed.add(name);
        noClasses()
                .that()
                .resideInAPackage(pattern(name))
                .should()
                .dependOnClassesThat(oursOutside(allowed))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({"command,trigger", "trigger,command"})
    void theDoorsDoNotKnowEachOther(String door, String other) {
        noClasses()
                .that()
                .resideInAPackage(pattern(door))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(pattern(other))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void nobodyImportsTheLocalPart() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.alphakeep.local..", "io.alphakeep.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.alphakeep.local..", "io.alphakeep.bench..")
                .check(CLASSES);
    }

    @Test
    void mainIsUsedByNobody() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.alphakeep.Main")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.alphakeep.Main")
                .check(CLASSES);
    }

    /**
     * A library that stays behind a fence can be replaced in one place. TreeModel is what the bench compares our decoder with:
     * Jackson's tree is its very subject.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "com.fasterxml.jackson.. | fetch decode trigger | AdviseJson BenchJson DoctorJson JsonText MaintainJson PlanJson PolicyJson ReportJson RunLineJson StatusJson TreeModel",
                "io.agroal.. | | Pool",
                "io.micrometer.. | observe | ",
                "org.postgresql.. | write bench | ",
                "jakarta.ws.rs.. | fetch trigger | ",
                "io.quarkus.scheduler.. | trigger | "
            })
    void aLibraryStaysBehindItsFence(String library, String allowed, String classes) {
        DescribedPredicate<JavaClass> outside = new DescribedPredicate<>("outside of " + allowed) {
            @Override
            public boolean test(JavaClass type) {
                boolean inside = allowed != null
                        && Stream.of(allowed.split(" "))
                                .anyMatch(p -> (type.getPackageName() + ".").startsWith("io.alphakeep." + p + "."));
                return !inside
                        && (classes == null || !List.of(classes.split(" ")).contains(type.getSimpleName()));
            }
        };
        noClasses()
                .that(outside)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void onlyMainEndsTheProcess() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.alphakeep.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    /** A native binary knows what was looked up by name only when it is told; nothing of ours is to be told. */
    @Test
    void nothingIsLookedUpByItsName() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .orShould()
                .callMethodWhere(target(owner(assignableTo(Class.class)))
                        .and(target(nameMatching("forName|newInstance|get(Declared)?(Constructor|Field|Method)s?"))))
                .orShould()
                .callMethodWhere(target(owner(assignableTo(ClassLoader.class))).and(target(nameMatching("loadClass"))))
                .check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        for (String root : List.of("src/main/java/io/alphakeep", "src/local/java/io/alphakeep")) {
            try (Stream<Path> paths = Files.walk(Path.of(root))) {
                List<Path> silent = paths.filter(Files::isDirectory)
                        .filter(ArchitectureTest::holdsClasses)
                        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                        .toList();
                assertThat(silent).isEmpty();
            }
        }
    }

    private static boolean holdsClasses(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pattern(String name) {
        return "io.alphakeep." + name + "..";
    }

    private static DescribedPredicate<JavaClass> oursOutside(Set<String> allowed) {
        return new DescribedPredicate<>("ours outside of " + allowed) {
            @Override
            public boolean test(JavaClass type) {
                String name = type.getPackageName();
                if (!name.equals("io.alphakeep") && !name.startsWith("io.alphakeep.")) {
                    return false;
                }
                return allowed.stream().noneMatch(p -> (name + ".").startsWith("io.alphakeep." + p + "."));
            }
        };
    }
}
