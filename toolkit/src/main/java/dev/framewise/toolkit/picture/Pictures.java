package dev.framewise.toolkit.picture;

import dev.framewise.vision.image.BgrImage;
import java.io.IOException;

/** Pictures one after the other. */
public interface Pictures extends AutoCloseable {
    /**
     * Goes on to the next picture.
     *
     * @return false at the end
     * @throws IOException if it cannot be read; the message names it
     */
    boolean advance() throws IOException;

    /** The picture; overwritten by the next {@link #advance}. */
    BgrImage image();

    /** Its number, from 1. */
    int number();

    @Override
    void close() throws IOException;
}
