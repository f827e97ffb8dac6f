package dev.framewise.vision.track;

/**
 * The pixels of one frame, decoded only if a tracker asks: a tracker that follows nothing, or that uses no pixels, costs no
 * decode.
 */
public interface PixelSource {
    /**
     * Fills in the picture at half size. On a frame the detector looks at, with colour if there is any: its pixels are
     * decoded already. On a skipped frame luma is enough. Asked at most once per frame.
     *
     * @return false if the frame's bytes are no readable picture; then the tracker goes on without, and {@code into} is undefined
     */
    boolean read(HalfPicture into);
}
