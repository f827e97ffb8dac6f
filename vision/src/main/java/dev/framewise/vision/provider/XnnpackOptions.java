package dev.framewise.vision.provider;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.Map;

/**
 * XNNPACK, which is made for ARM; ONNX Runtime has it if it was built with {@code --use_xnnpack}. It has threads of its own.
 *
 * @param threads of one run, 1 to 256
 */
public record XnnpackOptions(int threads) implements ProviderOptions {
    /** One thread. */
    public static final XnnpackOptions DEFAULTS = new XnnpackOptions(/* threads= */ 1);

    private static final int MAX_THREADS = 256;

    public XnnpackOptions {
        OptionProblems problems = new OptionProblems(ExecutionProvider.XNNPACK);
        problems.range("threads", threads, 1, MAX_THREADS);
        problems.throwIfAny();
    }

    static XnnpackOptions read(OptionReader options) {
        return new XnnpackOptions(options.integer("threads", DEFAULTS.threads));
    }

    @Override
    public ExecutionProvider provider() {
        return ExecutionProvider.XNNPACK;
    }

    @Override
    public Map<String, String> entries() {
        return new OptionWriter().put("threads", threads, DEFAULTS.threads).entries();
    }

    @Override
    public void addTo(SessionOptions session, NetworkInput input) throws OrtException {
        session.addXnnpack(Map.of("intra_op_num_threads", Integer.toString(threads)));
    }

    @Override
    public String toString() {
        return ProviderOptions.format(this);
    }
}
