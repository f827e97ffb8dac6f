package dev.framewise.vision.onnx;

/** A file is no usable ONNX model. The message says what was found and what to do; it does not name the file. */
public final class OnnxFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    OnnxFormatException(String message) {
        super(message);
    }

    OnnxFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
