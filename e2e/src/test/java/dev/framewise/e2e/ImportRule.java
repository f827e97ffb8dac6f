package dev.framewise.e2e;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Set;

/**
 * What one module may import: imports run downwards only, and an algorithm is never inside a Flink class.
 *
 * @param module the module's folder, which is also its package below the root
 * @param mayImport the modules it may import
 * @param neverImports root packages of libraries it may not import
 */
record ImportRule(String module, Set<String> mayImport, Set<String> neverImports) {
    private static final String FLINK = "org.apache.flink";
    private static final String KAFKA = "org.apache.kafka";

    /** The one place where the direction of imports is stated; the poms follow it. */
    static final List<ImportRule> ALL = List.of(
            new ImportRule("schemas", Set.of(), Set.of(FLINK, KAFKA)),
            new ImportRule("vision", Set.of("schemas"), Set.of(FLINK, KAFKA)),
            new ImportRule("thermal", Set.of("schemas"), Set.of(FLINK, KAFKA)),
            new ImportRule("operators", Set.of("schemas", "vision", "thermal"), Set.of()),
            new ImportRule("jobs", Set.of("schemas", "vision", "thermal", "operators"), Set.of()),
            new ImportRule("gateway", Set.of("schemas", "vision", "thermal"), Set.of(FLINK)),
            new ImportRule("toolkit", Set.of("schemas", "vision"), Set.of(FLINK, KAFKA)),
            new ImportRule(
                    "local",
                    Set.of("schemas", "vision", "thermal", "operators", "jobs", "gateway", "toolkit"),
                    Set.of()),
            new ImportRule(
                    "benchmarks",
                    Set.of("schemas", "vision", "thermal", "operators", "jobs", "gateway", "toolkit", "local"),
                    Set.of()));

    /** The rule for the module's package below a root package. Holds where that package has no classes. */
    ArchRule below(String rootPackage) {
        DescribedPredicate<JavaClass> banned = DescribedPredicate.describe(
                "belong to another module than " + mayImport + ", or to " + neverImports,
                imported -> isOther(rootPackage, imported) || isBannedLibrary(imported));
        return ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(rootPackage + "." + module + "..")
                .should()
                .dependOnClassesThat(banned)
                .allowEmptyShould(true);
    }

    private boolean isOther(String rootPackage, JavaClass imported) {
        if (!isBelow(imported, rootPackage)) {
            return false;
        }
        String other = imported.getPackageName().substring(rootPackage.length()).replaceFirst("^\\.(\\w+).*", "$1");
        return !other.equals(module) && !mayImport.contains(other);
    }

    private boolean isBannedLibrary(JavaClass imported) {
        return neverImports.stream().anyMatch(library -> isBelow(imported, library));
    }

    private static boolean isBelow(JavaClass imported, String rootPackage) {
        return (imported.getPackageName() + ".").startsWith(rootPackage + ".");
    }
}
