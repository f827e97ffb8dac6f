package dev.framewise.gateway.capture;

/** What takes the pictures of one camera, whichever source they come from. One thread at a time. */
public interface PictureSink extends AutoCloseable {

    /** Whether all pictures that were asked for have been taken. */
    boolean isDone();

    /**
     * Takes a picture.
     *
     * @throws dev.framewise.gateway.GatewayException if it can take no more
     */
    void handle(Picture picture);

    /** A picture was thrown away before it got a number, because newer ones were waiting. */
    void overrun();

    /** The camera has ended; gives back what taking pictures holds. */
    @Override
    void close();
}
