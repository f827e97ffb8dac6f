package dev.framewise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String ROOT = "dev.framewise";
    private static final String FIXTURE = "dev.framewise.e2e.fixture";

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    static List<ImportRule> rules() {
        return ImportRule.ALL;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void importsRunDownwardsOnly(ImportRule rule) {
        rule.below(ROOT).check(classes);
    }

    /** A rule about classes that are not on the class path holds, so they must be there. */
    @ParameterizedTest
    @MethodSource("rules")
    void everyModuleIsLookedAt(ImportRule rule) {
        assertThat(classes.stream()
                        .filter(type -> module(type).equals(rule.module()))
                        .filter(type -> !type.getSimpleName().equals("package-info")))
                .as("classes of " + rule.module())
                .isNotEmpty();
    }

    @Test
    void noClassIsOutsideTheModules() {
        assertThat(classes.stream().map(ArchitectureTest::module).collect(Collectors.toSet()))
                .isSubsetOf(rules().stream().map(ImportRule::module).collect(Collectors.toSet()));
    }

    /** The rules are tried on classes that break them: one imports upwards, two import Flink where it may not be. */
    @Test
    void theRulesCatchWhatBreaksThem() {
        JavaClasses fixtures = new ClassFileImporter().importPackages(FIXTURE);
        assertThat(rules().stream()
                        .map(rule -> rule.below(FIXTURE).evaluate(fixtures))
                        .map(EvaluationResult::getFailureReport)
                        .flatMap(report -> report.getDetails().stream())
                        .map(detail -> detail.replaceFirst(".*?<" + FIXTURE + "\\.(\\w+\\.\\w+).*", "$1"))
                        .distinct())
                .containsExactlyInAnyOrder("vision.ImportsUpwards", "vision.ImportsFlink", "gateway.ImportsFlink");
    }

    private static String module(JavaClass type) {
        return type.getPackageName().replaceFirst("^dev\\.framewise\\.?(\\w*).*", "$1");
    }
}
