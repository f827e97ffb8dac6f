package dev.framewise.toolkit.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonEnvironmentTest {
    private static final PythonPackages PACKAGES = PythonPackages.of("tools", "pnnx==20261020", "numpy==2.2.6");

    @TempDir
    private Path folder;

    private final TestingCommands commands = new TestingCommands();
    private final List<String> said = new ArrayList<>();

    @Test
    void isMadeOnceWithTheseVersionsAndNothingElse() throws Exception {
        PythonEnvironment made = environment(PACKAGES);
        assertThat(commands.ran()).hasSize(2);
        assertThat(commands.ran().get(0)).startsWith("python3", "-m", "venv");
        assertThat(commands.ran().get(1))
                .startsWith(made.python().toString(), "-m", "pip", "install")
                .contains("--no-deps", "--only-binary", ":all:", "pnnx==20261020", "numpy==2.2.6")
                .doesNotContain("--ignore-requires-python");
        assertThat(made.file("pnnx/pnnx")).isRegularFile();
        assertThat(said).hasSize(1);
        assertThat(environment(PACKAGES).python()).isEqualTo(made.python());
        assertThat(commands.ran()).as("it is there already").hasSize(2);
    }

    @Test
    void otherVersionsAreAnotherEnvironment() throws Exception {
        Path first = environment(PACKAGES).python();
        Path second = environment(PythonPackages.of("tools", "pnnx==20261020", "numpy==2.2.5"))
                .python();
        assertThat(second).isNotEqualTo(first);
        assertThat(commands.ran()).hasSize(4);
    }

    @Test
    void withoutPythonItSaysWhatToInstall() {
        commands.withoutPython();
        assertThatThrownBy(() -> environment(PACKAGES))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("there is no python3")
                .hasMessageContaining("python3-venv")
                .hasMessageContaining(PythonEnvironment.PYTHON_VARIABLE);
    }

    @Test
    void withoutVenvItSaysWhatToInstall() {
        commands.venv(1, "The virtual environment was not created successfully because ensurepip is not\navailable.\n");
        assertThatThrownBy(() -> environment(PACKAGES))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("ensurepip is not")
                .hasMessageContaining("install python3-venv");
    }

    @Test
    void oneThatWasNotFinishedIsMadeAnew() throws Exception {
        commands.pip(1, "ERROR: No matching distribution found for pnnx==20261020");
        assertThatThrownBy(() -> environment(PACKAGES))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("No matching distribution")
                .hasMessageContaining("package index can be reached");
        Path half;
        try (Stream<Path> made = Files.list(folder)) {
            half = made.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        Files.writeString(half.resolve("left over"), "");
        commands.pip(0, "");
        environment(PACKAGES);
        assertThat(half.resolve("left over")).doesNotExist();
        assertThat(commands.ran()).hasSize(4);
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        PythonEnvironment made = environment(PACKAGES);
        assertThatThrownBy(() -> made.file("pnnx/other"))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("has no pnnx/other");
    }

    @Test
    void versionsAreExact() {
        assertThatThrownBy(() -> PythonPackages.of("tools", "numpy>=2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("numpy==2.2.6");
    }

    private PythonEnvironment environment(PythonPackages packages) throws Exception {
        return PythonEnvironment.of(packages, folder, commands, said::add);
    }
}
