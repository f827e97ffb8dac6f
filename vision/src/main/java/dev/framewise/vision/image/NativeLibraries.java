package dev.framewise.vision.image;

import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.opencv.global.opencv_core;

/**
 * Process-wide settings of OpenCV and FFmpeg, made once before first use.
 *
 * <p>OpenCV would split each resize over all cores, which burns CPU for pictures of this size and takes it from the
 * other subtasks. FFmpeg would write every broken frame to standard error; its error codes say the same.
 */
final class NativeLibraries {
    static {
        opencv_core.setNumThreads(1);
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    }

    private NativeLibraries() {}

    /** Loads the libraries on first call. */
    static void load() {}
}
