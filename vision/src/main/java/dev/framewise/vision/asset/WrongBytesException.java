package dev.framewise.vision.asset;

import java.io.IOException;

/** A file arrived, or is about to, that is not the one asked for. */
public final class WrongBytesException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongBytesException(String message) {
        super(message);
    }
}
