package dev.framewise.gateway.edge;

import java.io.IOException;

/** Hears of every frame when it has been tracked. Called by the camera's thread. */
interface FrameWatcher extends AutoCloseable {

    /** @throws IOException if it can show no more; the loop ends */
    void see(EdgeFrame frame) throws IOException;

    /** The loop has ended; of the frame only the tracks that this has ended are new. */
    default void end(EdgeFrame frame) {}

    @Override
    default void close() throws IOException {}
}
