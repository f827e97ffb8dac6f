package dev.framewise.gateway.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One camera.
 *
 * @param name unique over the whole fleet; the Kafka key of its frames
 * @param source a clip's file, a folder of JPEG files, an {@code rtsp:}, {@code rtmp:} or {@code http:} address, a device such as
 *     {@code /dev/video0}, or a test pattern such as {@code test:640x480@15}
 * @param pace how fast a clip is read; a live source always goes at its own
 * @param loop whether a clip begins again at its end
 * @param maxFrames pictures to take at most; {@link Long#MAX_VALUE} for all
 * @param jpegQuality of pictures that do not come as JPEG, 1 to 100
 * @param wish what a local camera is asked for; it may give something else
 * @param grabTimeout a live source that gives no picture for this long hangs
 * @param interval the picture of one of this many frames is sent, and of the others only that they were captured; at least 1. A
 *     directive may ask for a longer one, not for a shorter
 */
public record CameraSettings(
        String name,
        String source,
        Pace pace,
        boolean loop,
        long maxFrames,
        int jpegQuality,
        Wish wish,
        Duration grabTimeout,
        int interval) {

    /** Time in which every camera gives a picture. */
    public static final Duration GRAB_TIMEOUT = Duration.ofSeconds(10);

    /** {@code rtsp://user:password@camera}: the part that nobody shall read, which may hold an {@code @} itself. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/\\s]+@");

    /** {@code http://camera/video?user=...}: what many cameras take a password in. */
    private static final Pattern QUERY = Pattern.compile("(://[^\\s?]*\\?)[^\\s)\"]*[^\\s)\":]");

    /** The interval of a camera whose pictures are all sent. */
    public static final int EVERY_FRAME = 1;

    /**
     * What a local camera is asked for.
     *
     * @param width pixels; 0 for its own
     * @param height pixels; 0 for its own
     * @param framesPerSecond 0 for its own
     */
    public record Wish(int width, int height, double framesPerSecond) {
        /** Whatever it likes. */
        public static final Wish NONE = new Wish(0, 0, 0);

        /** For people, such as {@code 640x480 at 15 fps}. */
        @Override
        public String toString() {
            String size = width > 0 && height > 0 ? width + "x" + height : "any size";
            return framesPerSecond > 0 ? size + " at " + rate(framesPerSecond) : size;
        }

        /** For people, such as {@code 29.97 fps}. */
        public static String rate(double framesPerSecond) {
            return BigDecimal.valueOf(framesPerSecond)
                            .setScale(2, RoundingMode.HALF_UP)
                            .stripTrailingZeros()
                            .toPlainString()
                    + " fps";
        }
    }

    /** A camera without wishes. */
    public CameraSettings(String name, String source, Pace pace, boolean loop, long maxFrames, int jpegQuality) {
        this(name, source, pace, loop, maxFrames, jpegQuality, Wish.NONE, GRAB_TIMEOUT, EVERY_FRAME);
    }

    /** The address with its secrets put in; never to be shown. */
    public String resolvedSource() {
        return Secrets.resolve("cameras[" + name + "].source", source);
    }

    /** The address without user, password and query. */
    public String shownSource() {
        return hidden(source);
    }

    /** A message in which the address may stand, without user, password and query. */
    public String hideSecrets(String message) {
        return hidden(message);
    }

    private static String hidden(String text) {
        String anonymous = CREDENTIALS.matcher(text).replaceAll("***@");
        return QUERY.matcher(anonymous).replaceAll("$1***");
    }

    /** How fast a clip is read. */
    public enum Pace {
        /** As the camera took it. */
        SOURCE,
        /** As fast as it can be read and sent. */
        FAST
    }

    /**
     * The lowest quality that was seen to cost no accuracy. On pets09-s2l1 with yolox-nano-416, AP50 is 0.901, 0.898 and
     * 0.898 through JPEG of quality 80, 85 and 90, which is no difference; a picture has 76 KB at 80 and 109 at 90: {@code framewise eval --clip pets09-s2l1 --jpeg-quality 80}. Bytes are what decoding, Kafka and the disk
     * of the board are paid in.
     */
    public static final int DEFAULT_JPEG_QUALITY = 80;

    /** A clip or live source at its own pace, once, whole. */
    public static CameraSettings of(String name, String source) {
        return new CameraSettings(name, source, Pace.SOURCE, /* loop= */ false, Long.MAX_VALUE, DEFAULT_JPEG_QUALITY);
    }

    /** The same camera at another pace. */
    public CameraSettings withPace(Pace newPace) {
        return new CameraSettings(name, source, newPace, loop, maxFrames, jpegQuality, wish, grabTimeout, interval);
    }

    /** The same camera, over and over or once. */
    public CameraSettings withLoop(boolean newLoop) {
        return new CameraSettings(name, source, pace, newLoop, maxFrames, jpegQuality, wish, grabTimeout, interval);
    }

    /** The same camera, with at most this many pictures. */
    public CameraSettings withMaxFrames(long newMaxFrames) {
        return new CameraSettings(name, source, pace, loop, newMaxFrames, jpegQuality, wish, grabTimeout, interval);
    }

    /** The same camera at another JPEG quality. */
    public CameraSettings withJpegQuality(int newQuality) {
        return new CameraSettings(name, source, pace, loop, maxFrames, newQuality, wish, grabTimeout, interval);
    }

    /** The same camera, asked for something. */
    public CameraSettings withWish(Wish newWish) {
        return new CameraSettings(name, source, pace, loop, maxFrames, jpegQuality, newWish, grabTimeout, interval);
    }

    /** The same camera with another patience. */
    public CameraSettings withGrabTimeout(Duration newTimeout) {
        return new CameraSettings(name, source, pace, loop, maxFrames, jpegQuality, wish, newTimeout, interval);
    }

    /** The same camera, of which the picture of one of so many frames is sent. */
    public CameraSettings withInterval(int newInterval) {
        return new CameraSettings(name, source, pace, loop, maxFrames, jpegQuality, wish, grabTimeout, newInterval);
    }
}
