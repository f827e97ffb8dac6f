package dev.framewise.vision.provider;

/** ONNX Runtime's libraries that were named cannot be used: an error of the machine. The message says which to build. */
public final class NativeRuntimeException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NativeRuntimeException(String message) {
        super(message);
    }

    NativeRuntimeException(String message, Throwable cause) {
        super(message, cause);
    }
}
