package dev.framewise.gateway.config;

/**
 * One camera.
 *
 * @param name unique over the whole fleet; the Kafka key of its frames
 * @param source a clip's file, an {@code rtsp:} or {@code http:} address, or a device such as {@code /dev/video0}
 * @param pace how fast a clip is read; a live source always goes at its own
 * @param loop whether a clip begins again at its end
 * @param maxFrames pictures to take at most; {@link Long#MAX_VALUE} for all
 * @param jpegQuality of pictures that do not come as JPEG, 1 to 100
 */
public record CameraSettings(String name, String source, Pace pace, boolean loop, long maxFrames, int jpegQuality) {

    /** How fast a clip is read. */
    public enum Pace {
        /** As the camera took it. */
        SOURCE,
        /** As fast as it can be read and sent. */
        FAST
    }

    /**
     * Quality that costs no accuracy. On pets09-s2l1 with yolox-nano-416, AP50 is 0.896 from raw pictures and 0.899, 0.897
     * and 0.899 through JPEG of quality 80, 90 and 95 (76, 109 and 152 KB a picture), which is no difference: {@code
     * framewise eval --clip pets09-s2l1 --jpeg-quality 90}.
     */
    public static final int DEFAULT_JPEG_QUALITY = 90;

    /** A clip or live source at its own pace, once, whole. */
    public static CameraSettings of(String name, String source) {
        return new CameraSettings(name, source, Pace.SOURCE, /* loop= */ false, Long.MAX_VALUE, DEFAULT_JPEG_QUALITY);
    }

    /** The same camera at another pace. */
    public CameraSettings withPace(Pace newPace) {
        return new CameraSettings(name, source, newPace, loop, maxFrames, jpegQuality);
    }

    /** The same camera, over and over or once. */
    public CameraSettings withLoop(boolean newLoop) {
        return new CameraSettings(name, source, pace, newLoop, maxFrames, jpegQuality);
    }

    /** The same camera, with at most this many pictures. */
    public CameraSettings withMaxFrames(long newMaxFrames) {
        return new CameraSettings(name, source, pace, loop, newMaxFrames, jpegQuality);
    }

    /** The same camera at another JPEG quality. */
    public CameraSettings withJpegQuality(int newQuality) {
        return new CameraSettings(name, source, pace, loop, maxFrames, newQuality);
    }
}
