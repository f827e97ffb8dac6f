package dev.framewise.operators.inference;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.vision.image.JpegScale;
import dev.framewise.vision.image.YuvImage;
import dev.framewise.vision.track.HalfPicture;
import dev.framewise.vision.track.HalfPictures;
import java.util.Arrays;

/**
 * The pictures of a batch as the detector decoded them, kept at half size until they were tracked: so that tracker and detector share one
 * decode. Memory for each slot grows to the largest picture it held. One thread.
 */
final class SlotPictures implements AutoCloseable {
    private final HalfPicture[] pictures;
    private final HalfPictures halves = new HalfPictures();

    SlotPictures(int slots) {
        pictures = new HalfPicture[slots];
        Arrays.setAll(pictures, slot -> new HalfPicture());
    }

    /** Keeps what was decoded for a slot, for the tracker of the task in it; a picture smaller than half is of no use to it. */
    void keep(int slot, YuvImage decoded, FrameTask task) {
        JpegScale scale = scaleOf(decoded);
        if (scale == null) {
            return;
        }
        HalfPicture picture = pictures[slot];
        halves.copy(decoded, picture);
        task.decodedAt = scale;
        task.pixels = into -> {
            // Asked once; what the tracker had is the memory for the slot's next picture.
            into.exchange(picture);
            return true;
        };
    }

    private static JpegScale scaleOf(YuvImage image) {
        if (image.width() == image.sourceWidth()) {
            return JpegScale.FULL;
        }
        return image.width() == JpegScale.HALF.lengthOf(image.sourceWidth()) ? JpegScale.HALF : null;
    }

    @Override
    public void close() {
        halves.close();
    }
}
