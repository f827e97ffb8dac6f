package dev.framewise.vision.image;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is used of libjpeg-turbo's C interface, under its C names: pointers and {@code unsigned long} are Java's {@code
 * long}, as on every 64-bit Linux. A handle belongs to one thread.
 *
 * <p>The library is the system's own (Debian and Ubuntu: {@code libturbojpeg0} or {@code libturbojpeg}); its place may be
 * given as the system property {@code jna.library.path}.
 *
 * <p>Source: turbojpeg.h of version 2.0, whose functions version 3 keeps.
 */
final class TurboJpegLibrary {
    /** TJPF_GRAY: one byte per pixel, which is the luma plane. */
    static final int GREY_PIXELS = 6;
    /** TJFLAG_STOPONWARNING: broken scans are refused, not painted grey. */
    static final int STOP_ON_WARNING = 8192;
    /** TJSAMP_420. */
    static final int SAMPLES_420 = 2;
    /** TJFLAG_NOREALLOC: the memory for a JPEG is the caller's, and large enough. */
    static final int NO_REALLOC = 1024;
    /** TJFLAG_ACCURATEDCT: the transform that OpenCV uses, too. */
    static final int ACCURATE_DCT = 4096;
    /** TJERR_WARNING. */
    static final int WARNING = 0;
    /** TJCS_YCbCr and TJCS_GRAY. */
    static final int YCBCR = 1;

    static final int GREY = 2;

    private static final Logger LOG = LoggerFactory.getLogger(TurboJpegLibrary.class);
    private static final boolean PRESENT = load();

    private TurboJpegLibrary() {}

    /** Whether this machine has the library. */
    static boolean isPresent() {
        return PRESENT;
    }

    private static boolean load() {
        try {
            Native.register(TurboJpegLibrary.class, NativeLibrary.getInstance("turbojpeg"));
            return true;
        } catch (UnsatisfiedLinkError e) {
            LOG.info("libturbojpeg is not on this machine, so FFmpeg decodes every JPEG and a video's pictures become"
                    + " JPEG by way of BGR pixels, for a little more CPU time."
                    + " On Debian: apt-get install libturbojpeg0; on Ubuntu: apt-get install libturbojpeg");
            LOG.debug("libturbojpeg", e);
            return false;
        }
    }

    /** 0 (TJERR_WARNING) if the picture could be shown all the same, 1 if not. */
    static native int tjGetErrorCode(long handle);

    static native String tjGetErrorStr2(long handle);

    static native long tjInitDecompress();

    static native int tjDestroy(long handle);

    static native int tjDecompressHeader3(
            long handle, long jpeg, long size, long width, long height, long subsampling, long colourSpace);

    static native int tjDecompressToYUVPlanes(
            long handle, long jpeg, long size, long planes, int width, long strides, int height, int flags);

    static native int tjDecompress2(
            long handle, long jpeg, long size, long pixels, int width, int pitch, int height, int format, int flags);

    static native long tjInitCompress();

    static native long tjBufSize(int width, int height, int subsampling);

    /** {@code jpeg} and {@code size} are addresses of an address and of an unsigned long. */
    static native int tjCompressFromYUVPlanes(
            long handle,
            long planes,
            int width,
            long strides,
            int height,
            int subsampling,
            long jpeg,
            long size,
            int quality,
            int flags);
}
