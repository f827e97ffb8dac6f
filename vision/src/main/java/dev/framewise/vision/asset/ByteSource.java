package dev.framewise.vision.asset;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Gives the bytes of addresses of some kind, such as {@code s3}. Used by any thread. */
public interface ByteSource {
    /** Whether addresses like this one are its own. */
    boolean opens(URI address);

    /**
     * Opens an address; the caller closes it.
     *
     * @throws IOException if there is no such object, or it cannot be reached
     */
    InputStream open(URI address) throws IOException;
}
