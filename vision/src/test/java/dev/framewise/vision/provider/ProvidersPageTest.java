package dev.framewise.vision.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page that users read has a row for every option that the code reads, and no other. */
class ProvidersPageTest {
    @ParameterizedTest
    @EnumSource(ExecutionProvider.class)
    void everyOptionHasARow(ExecutionProvider provider) throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/execution-providers.md")).stream()
                .filter(line -> line.startsWith("| " + provider.id() + " |"))
                .map(line -> line.split("\\|")[2].strip().replace("`", ""))
                .filter(option -> !option.isEmpty())
                .sorted()
                .toList();
        String known = catchThrowable(() -> ProviderOptions.parse(provider.id() + ":nonsense=1"))
                .getMessage()
                .replaceFirst(".*there are: ", "");
        assertThat(rows).isEqualTo(known.equals("none") ? List.of() : Arrays.asList(known.split(", ")));
    }
}
