package dev.framewise.vision.asset;

import java.io.IOException;

/** An address that cannot help, however often it is asked: no such host, no such page, not allowed. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }

    RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
