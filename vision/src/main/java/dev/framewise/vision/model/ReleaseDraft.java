package dev.framewise.vision.model;

import dev.framewise.schemas.ModelRelease;
import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.detect.ModelInfo;
import java.io.IOException;
import java.nio.file.Path;

/** Describes a model's file as a release, to be offered: head, size, precision and hash are read from the file itself. */
public final class ReleaseDraft {
    private ReleaseDraft() {}

    /**
     * An offer of a file at its own address, for all cameras at once; the publisher may change the address and the plan.
     *
     * @param model model id
     * @param version unique per model
     * @throws ModelException if the file is no model that can be run
     * @throws IOException if it cannot be read
     */
    public static ModelRelease.Builder of(String model, String version, Path file) throws IOException, ModelException {
        ModelInfo info;
        try (Detector detector = Detector.open(file, DetectorOptions.defaults())) {
            info = detector.info();
        }
        Fingerprint fingerprint = Fingerprint.of(file);
        return ModelRelease.newBuilder()
                .setModel(model)
                .setVersion(version)
                .setUri(file.toAbsolutePath().toUri().toString())
                .setSha256(fingerprint.sha256())
                .setSizeBytes(fingerprint.sizeBytes())
                .setHead(info.head())
                .setInputWidth(info.inputWidth())
                .setInputHeight(info.inputHeight())
                .setPrecision(info.filePrecision())
                .setRollout(1);
    }
}
