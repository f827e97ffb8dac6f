package dev.framewise.vision.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** Makes small clips of {@link TestingPictures} scenes, one seed after the other from 0 on. */
final class TestingVideo {
    private TestingVideo() {}

    /** Without loss but for the chroma of the pixel format, one of FFmpeg's numbers. */
    static Path lossless(Path file, int width, int height, int frames, int pixelFormat) throws IOException {
        return record(file, width, height, frames, avcodec.AV_CODEC_ID_FFV1, pixelFormat);
    }

    /** Motion JPEG, whose planes are of full range. */
    static Path mjpeg(Path file, int width, int height, int frames) throws IOException {
        return record(file, width, height, frames, avcodec.AV_CODEC_ID_MJPEG, avutil.AV_PIX_FMT_YUVJ420P);
    }

    /** Packed BGR of rows that run upwards; FFmpeg only says so of them and does not turn them, so that scenes stand on their heads. */
    static Path raw(Path file, int width, int height, int frames) throws IOException {
        return record(file, width, height, frames, avcodec.AV_CODEC_ID_RAWVIDEO, avutil.AV_PIX_FMT_BGR24);
    }

    private static Path record(Path file, int width, int height, int frames, int codec, int pixelFormat)
            throws IOException {
        NativeLibraries.load();
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), width, height);
                Frame frame = new Frame(width, height, Frame.DEPTH_UBYTE, /* channels= */ 3)) {
            recorder.setFormat("avi");
            recorder.setVideoCodec(codec);
            recorder.setPixelFormat(pixelFormat);
            recorder.setFrameRate(10);
            recorder.setVideoQuality(2);
            recorder.setOption("flipped_raw_rgb", "1");
            recorder.start();
            for (int i = 0; i < frames; i++) {
                try (BgrImage scene = TestingPictures.scene(width, height, /* seed= */ i)) {
                    ByteBuffer to = (ByteBuffer) frame.image[0];
                    for (int y = 0; y < height; y++) {
                        to.put(y * frame.imageStride, scene.buffer(), 3 * width * y, 3 * width);
                    }
                }
                recorder.record(frame);
            }
        }
        return file;
    }
}
