package dev.framewise.vision.asset;

/** No usable file for a catalog name. The message says what was tried, in which order, and what to do. */
public final class AssetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the caller can do about it. */
    public enum Kind {
        /** The catalog has no such name: wrong usage, exit code 2 of the command line. */
        UNKNOWN_NAME,
        /** The file is nowhere to be had: the environment lacks something, exit code 3. */
        NOT_FOUND,
        /** A file was found or fetched, but its bytes are not the catalog's: exit code 3. */
        HASH,
        /** The thread was interrupted while it waited; its interrupt flag is set again. */
        INTERRUPTED
    }

    private final Kind kind;

    public AssetException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public AssetException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
