package dev.framewise.vision.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the list of providers that {@link ProviderOptions#parseList} describes. */
final class ProviderParser {
    private final List<ProviderOptions> found = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private ProviderParser() {}

    static List<ProviderOptions> parse(String text) {
        ProviderParser parser = new ProviderParser();
        parser.list(text);
        if (!parser.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", parser.problems));
        }
        return List.copyOf(parser.found);
    }

    private void list(String text) {
        String name = null;
        Map<String, String> entries = new LinkedHashMap<>();
        for (String piece : text.split(",", /* limit= */ -1)) {
            int colon = piece.indexOf(':');
            int equals = piece.indexOf('=');
            boolean begins = equals < 0
                    ? ExecutionProvider.find(head(piece, colon)).isPresent() || name == null
                    : colon >= 0 && colon < equals;
            if (begins) {
                add(name, entries);
                name = head(piece, colon).strip();
                entries = new LinkedHashMap<>();
                piece = colon < 0 ? "" : piece.substring(colon + 1);
            }
            if (!piece.isBlank()) {
                entry(piece, entries);
            }
        }
        add(name, entries);
    }

    private static String head(String piece, int colon) {
        return colon < 0 ? piece : piece.substring(0, colon);
    }

    private void entry(String piece, Map<String, String> entries) {
        int equals = piece.indexOf('=');
        if (equals <= 0) {
            problems.add("'" + piece.strip() + "' is neither an execution provider nor an option; expected one of "
                    + ExecutionProvider.names() + ", or KEY=VALUE");
        } else if (entries.putIfAbsent(
                        piece.substring(0, equals).strip(),
                        piece.substring(equals + 1).strip())
                != null) {
            problems.add("'" + piece.strip() + "' is said twice");
        }
    }

    private void add(String name, Map<String, String> entries) {
        if (name == null) {
            if (!entries.isEmpty()) {
                problems.add("options " + entries + " stand before any execution provider; expected one of "
                        + ExecutionProvider.names());
            }
            return;
        }
        Optional<ExecutionProvider> provider = ExecutionProvider.find(name);
        if (provider.isEmpty()) {
            problems.add("'" + name + "' is no execution provider; there are: " + ExecutionProvider.names());
            return;
        }
        OptionReader reader = new OptionReader(provider.get(), entries);
        try {
            found.add(read(provider.get(), reader));
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        problems.addAll(reader.problems());
    }

    private static ProviderOptions read(ExecutionProvider provider, OptionReader options) {
        return switch (provider) {
            case CPU -> new CpuOptions();
            case CUDA -> CudaOptions.read(options);
            case TENSORRT -> TensorRtOptions.read(options);
            case OPENVINO -> OpenVinoOptions.read(options);
            case XNNPACK -> XnnpackOptions.read(options);
        };
    }
}
