package dev.framewise.toolkit.train;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.util.Map;

/**
 * PyTorch, loaded once per process: one thread, no network. Its natives come from the class path, are unpacked into DJL's cache
 * ({@code ~/.djl.ai}, or where {@code DJL_CACHE_DIR} says), and nothing is reported to anybody.
 */
public final class TorchEngine {
    /** Only what the user has not set himself is set. */
    private static final Map<String, String> SETTINGS = Map.of(
            "OPT_OUT_TRACKING", "true",
            "ai.djl.offline", "true",
            "ai.djl.pytorch.num_threads", "1",
            "ai.djl.pytorch.num_interop_threads", "1");

    private TorchEngine() {}

    /**
     * The engine, loaded where it is not yet.
     *
     * @throws TrainingException if this machine cannot run it
     */
    public static Engine get() throws TrainingException {
        SETTINGS.forEach((key, value) -> {
            if (System.getProperty(key) == null) {
                System.setProperty(key, value);
            }
        });
        try {
            return Engine.getEngine("PyTorch");
        } catch (EngineException | IllegalArgumentException | UnsatisfiedLinkError e) {
            throw new TrainingException(
                    "training needs PyTorch, whose natives are there for Linux on x86-64 only, and 600 MB of room in"
                            + " ~/.djl.ai (DJL_CACHE_DIR names another folder); it does not load here: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Native memory of the caller's; closing it frees all arrays made in it and in what was made of it. */
    public static NDManager newManager() throws TrainingException {
        return get().newBaseManager();
    }
}
