package dev.framewise.benchmarks.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;

/** Something that is set for one of ONNX Runtime's sessions. */
interface SessionSetting {
    /** Sets it. */
    void apply(SessionOptions options) throws OrtException;

    /** The name in figures. */
    String id();
}
