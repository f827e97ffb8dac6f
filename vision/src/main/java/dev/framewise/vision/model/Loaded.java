package dev.framewise.vision.model;

import dev.framewise.vision.detect.Detector;

/**
 * An open detector and which version it is.
 *
 * @param label see {@link ModelVersion#label()}; {@link #BASE} for the model that the job started with
 */
public record Loaded(String label, Detector detector) {
    static final String BASE = "base";

    /** What track rows call it: id, version and the first digits of its hash; of the base, its name and those digits. */
    public String shown() {
        return label.equals(BASE)
                ? ModelVersion.label(detector.info().name(), detector.info().sha256())
                : label;
    }
}
