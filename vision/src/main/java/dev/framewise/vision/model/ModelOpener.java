package dev.framewise.vision.model;

import dev.framewise.vision.detect.Detector;
import java.util.Optional;

/** Opens versions of one model, each time anew and warm. Called on background threads, and before the first frame. */
public interface ModelOpener {
    /**
     * Opens a version; the caller closes it.
     *
     * @param version empty for the model that the job started with
     * @throws RefusedReleaseException if it cannot be used, with the reason
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    Detector open(Optional<ModelVersion> version) throws RefusedReleaseException, InterruptedException;
}
