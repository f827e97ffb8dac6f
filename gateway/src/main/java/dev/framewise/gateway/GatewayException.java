package dev.framewise.gateway;

/** A gateway that cannot go on: a source, the broker or the machine failed. The message says which, where and what to do. */
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GatewayException(String message, Throwable cause) {
        super(message, cause);
    }
}
