package dev.framewise.vision.model;

import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.ReleaseState;
import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.detect.TestingModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Releases of tiny models that see one box, always the same. */
final class TestingReleases {
    static final String MODEL = "testing";

    private TestingReleases() {}

    /** A model that sees one box with that score, moved to the right by so many pixels of its input. */
    static Path model(Path file, float score, float moved) throws IOException {
        float[] output = new float[TestingModels.ANCHORS * TestingModels.ROW];
        // the first cell: stride 8, so raw 1 is 8 pixels, and a raw size of 0 is 8 pixels, too
        output[0] = 1 + moved / 8;
        output[1] = 1;
        output[4] = score;
        output[5] = 1;
        return TestingModels.constant(file, Map.of(), output, 1, TestingModels.ANCHORS, TestingModels.ROW);
    }

    /** An offer whose file nobody opens. */
    static ModelRelease.Builder record(String version) {
        return ModelRelease.newBuilder()
                .setModel(MODEL)
                .setVersion(version)
                .setUri("file:///nowhere/" + version + ".onnx")
                .setSha256("0123456789abcdef".repeat(4))
                .setSizeBytes(1_000)
                .setHead("yolox")
                .setInputWidth(TestingModels.SIDE)
                .setInputHeight(TestingModels.SIDE)
                .setPrecision("fp32")
                .setRollout(1)
                .setShadowShare(1)
                .setLeastShadowFrames(3);
    }

    /** An offer of a file. */
    static ModelRelease.Builder record(String version, Path file) throws IOException {
        Fingerprint fingerprint = Fingerprint.of(file);
        return record(version)
                .setUri(file.toUri().toString())
                .setSha256(fingerprint.sha256())
                .setSizeBytes(fingerprint.sizeBytes());
    }

    static Release offered(String version) throws RefusedReleaseException {
        return Release.of(record(version).build());
    }

    static Release promoted(String version, double share) throws RefusedReleaseException {
        return Release.of(
                record(version).setState(ReleaseState.PROMOTED).setShare(share).build());
    }

    static Release inState(String version, ReleaseState state) throws RefusedReleaseException {
        return Release.of(
                record(version).setState(state).setReason("for a test").build());
    }
}
