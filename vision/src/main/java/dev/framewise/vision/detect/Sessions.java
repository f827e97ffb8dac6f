package dev.framewise.vision.detect;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a model on the first execution provider that can be had. */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private Sessions() {}

    /** A session and what runs it. */
    record Opened(OrtSession session, ExecutionProvider provider) {}

    /**
     * Opens the model.
     *
     * @throws ModelException if no provider opens it, or, when strict, if the first does not
     */
    static Opened open(OrtEnvironment environment, Path model, DetectorOptions options) throws ModelException {
        List<ExecutionProvider> providers = new ArrayList<>(options.providers());
        if (!options.strict() && !providers.contains(ExecutionProvider.CPU)) {
            providers.add(ExecutionProvider.CPU);
        }
        for (int i = 0; ; i++) {
            ExecutionProvider provider = providers.get(i);
            try {
                return new Opened(open(environment, model, provider, options.intraOpThreads()), provider);
            } catch (OrtException e) {
                boolean last = i + 1 == providers.size();
                if (provider == ExecutionProvider.CPU) {
                    throw new ModelException(
                            model + ": ONNX Runtime cannot open it: " + e.getMessage()
                                    + ". Expected a complete ONNX model; check where the file comes from.",
                            e);
                }
                if (options.strict() || last) {
                    throw new ModelException(
                            model + ": execution provider " + provider.id() + " was asked for and cannot be had: "
                                    + e.getMessage()
                                    + ". Install an ONNX Runtime built with it, or do not ask strictly.",
                            e);
                }
                LOG.warn(
                        "{}: execution provider {} cannot be had, going on with {}: {}",
                        model,
                        provider.id(),
                        providers.get(i + 1).id(),
                        e.getMessage());
            }
        }
    }

    private static OrtSession open(
            OrtEnvironment environment, Path model, ExecutionProvider provider, int intraOpThreads)
            throws OrtException {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(intraOpThreads);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
            // Waiting threads would spin and burn the CPU that the other subtasks need.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            provider.addTo(options);
            return environment.createSession(model.toString(), options);
        }
    }
}
