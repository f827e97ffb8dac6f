package dev.framewise.toolkit;

import dev.framewise.toolkit.inspect.ModelInspector;
import dev.framewise.toolkit.inspect.ModelSummary;
import dev.framewise.toolkit.inspect.SummaryJson;
import dev.framewise.toolkit.inspect.SummaryText;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewise model inspect}: what is in an ONNX file and what running it costs. */
@Command(
        name = "inspect",
        description = "Says what is in a model: inputs, outputs, head, parameters, FLOPs, layers.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "Name in the asset catalog, or an ONNX file")
    private String model;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the same there, as JSON")
    private Path json;

    @Option(
            names = "--dim",
            paramLabel = "NAME=SIZE",
            description = "Size of a dimension that the model only names, such as batch=1; may be repeated")
    private Map<String, Long> dimensions = new LinkedHashMap<>();

    @Override
    public Integer call() throws ModelException, IOException {
        dimensions.forEach((name, size) -> {
            if (size < 1) {
                throw new ParameterException(spec.commandLine(), "--dim " + name + " is " + size + "; allowed: from 1");
            }
        });
        ModelSummary summary = ModelInspector.inspect(NamedModel.find(model), dimensions);
        if (json != null) {
            SummaryJson.write(json, summary);
        }
        spec.commandLine().getOut().print(SummaryText.of(summary));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
