package dev.framewise.operators.model;

import dev.framewise.schemas.ModelRelease;

/** Offers of a model whose file nobody opens. */
public final class TestingReleases {
    public static final String MODEL = "testing";

    private TestingReleases() {}

    public static ModelRelease.Builder offered(String version) {
        return ModelRelease.newBuilder()
                .setModel(MODEL)
                .setVersion(version)
                .setUri("file:///nowhere/" + version + ".onnx")
                .setSha256("0123456789abcdef".repeat(4))
                .setSizeBytes(1_000)
                .setHead("yolox")
                .setInputWidth(32)
                .setInputHeight(32)
                .setPrecision("fp32")
                .setRollout(1)
                .setLeastShadowFrames(3);
    }
}
