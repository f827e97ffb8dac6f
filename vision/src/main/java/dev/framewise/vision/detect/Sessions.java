package dev.framewise.vision.detect;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.framewise.vision.provider.CpuOptions;
import dev.framewise.vision.provider.EngineBuilds;
import dev.framewise.vision.provider.ExecutionProvider;
import dev.framewise.vision.provider.NetworkInput;
import dev.framewise.vision.provider.ProviderOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a model on the first execution provider that can be had. A provider that cannot is passed over with one line for the whole
 * list, once for a model and a process, however many subtasks open it.
 */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /** Lines that were said. A process opens few models. */
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private final OrtEnvironment environment;
    private final ModelFile model;
    private final DetectorOptions options;
    private final EngineBuilds engines;

    /** What is made of an open session, up to and with its first run; closes the session where it fails. */
    interface Use<T> {
        T use(OrtSession session, ProviderOptions provider) throws OrtException, ModelException;
    }

    Sessions(OrtEnvironment environment, ModelFile model, DetectorOptions options, EngineBuilds engines) {
        this.environment = environment;
        this.model = model;
        this.options = options;
        this.engines = engines;
    }

    /**
     * Opens the model.
     *
     * @throws ModelException if no provider runs it, or, when strict, if the first does not
     */
    <T> T open(Use<T> use) throws ModelException {
        List<ProviderOptions> providers = new ArrayList<>(options.providers());
        if (!options.strict() && providers.stream().noneMatch(CpuOptions.class::isInstance)) {
            providers.add(new CpuOptions());
        }
        List<String> absent = new ArrayList<>();
        for (ProviderOptions provider : providers) {
            try {
                T opened = open(provider, use);
                if (!absent.isEmpty()) {
                    say(absent, provider);
                }
                return opened;
            } catch (OrtException | IOException e) {
                if (provider.provider() == ExecutionProvider.CPU) {
                    throw new ModelException(
                            model.path() + ": ONNX Runtime cannot run it: " + reason(e)
                                    + ". Expected a complete ONNX model; check where the file comes from.",
                            e);
                }
                absent.add(provider + " (" + reason(e) + ")");
                if (options.strict()) {
                    throw new ModelException(
                            model.path() + ": execution provider " + provider
                                    + " was asked for strictly and cannot be had: "
                                    + reason(e) + ". ONNX Runtime " + environment.getVersion() + " in use has "
                                    + OrtEnvironment.getAvailableProviders()
                                    + ". Install one that was built with it, or do not ask strictly.",
                            e);
                }
            }
        }
        throw new IllegalStateException("a list without the CPU is strict: " + providers);
    }

    private <T> T open(ProviderOptions provider, Use<T> use) throws OrtException, ModelException, IOException {
        List<Long> shape = model.input().shape();
        int fixed = (int) Math.max(0, shape.get(0));
        NetworkInput input = new NetworkInput(
                model.sha256(),
                model.input().name(),
                shape.get(2).intValue(),
                shape.get(3).intValue(),
                fixed == 0 ? 1 : fixed,
                fixed == 0 ? options.maxBatch() : fixed);
        try (SessionOptions session = sessionOptions()) {
            // An absent provider shows here, before any building is spoken of.
            provider.addTo(session, input);
            return engines.<T, ModelException>open(
                    model.path().toString(),
                    provider,
                    input,
                    () -> use.use(environment.createSession(model.path().toString(), session), provider));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException(model.path() + ": interrupted while waiting for its engine", e);
        }
    }

    private SessionOptions sessionOptions() throws OrtException {
        SessionOptions session = new SessionOptions();
        session.setIntraOpNumThreads(options.intraOpThreads());
        session.setInterOpNumThreads(1);
        session.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        // Waiting threads would spin and burn the CPU that the other subtasks need.
        session.addConfigEntry("session.intra_op.allow_spinning", "0");
        return session;
    }

    private void say(List<String> absent, ProviderOptions instead) {
        String line = model.path() + ": asked for " + String.join(", then ", absent)
                + ", which cannot be had with ONNX Runtime "
                + environment.getVersion() + " of " + OrtEnvironment.getAvailableProviders() + "; it runs on " + instead
                + " instead";
        if (SAID.add(line)) {
            LOG.warn(line);
        }
    }

    /** ONNX Runtime puts the error's number before its words. */
    private static String reason(Exception e) {
        String message = String.valueOf(e.getMessage()).strip();
        int words = message.indexOf("message: ");
        return (words < 0 ? message : message.substring(words + "message: ".length()))
                .replaceAll("\\s+", " ")
                .replaceAll("\\.$", "");
    }
}
