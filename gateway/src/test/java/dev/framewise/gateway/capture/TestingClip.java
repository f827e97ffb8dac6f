package dev.framewise.gateway.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** Makes small clips of a bright square that moves over a grey ramp. */
public final class TestingClip {
    /** Pixels. */
    public static final int WIDTH = 160;
    /** Pixels. */
    public static final int HEIGHT = 120;
    /** Frames per second. */
    public static final int FPS = 10;

    private TestingClip() {}

    /** An AVI of motion JPEG. */
    public static Path mjpeg(Path file, int frames) throws IOException {
        return record(file, frames, avcodec.AV_CODEC_ID_MJPEG, avutil.AV_PIX_FMT_YUVJ420P);
    }

    /** An AVI of MPEG-4, whose frames depend on one another. */
    public static Path mpeg4(Path file, int frames) throws IOException {
        return record(file, frames, avcodec.AV_CODEC_ID_MPEG4, avutil.AV_PIX_FMT_YUV420P);
    }

    /** The packets of a clip's first stream, read without any of our code. */
    public static List<byte[]> packets(Path file) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
            grabber.start();
            for (AVPacket packet = grabber.grabPacket(); packet != null; packet = grabber.grabPacket()) {
                byte[] bytes = new byte[packet.size()];
                packet.data().get(bytes);
                packets.add(bytes);
            }
        }
        return packets;
    }

    private static Path record(Path file, int frames, int codec, int pixelFormat) throws IOException {
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), WIDTH, HEIGHT);
                Frame frame = new Frame(WIDTH, HEIGHT, Frame.DEPTH_UBYTE, /* channels= */ 3)) {
            recorder.setFormat("avi");
            recorder.setVideoCodec(codec);
            recorder.setPixelFormat(pixelFormat);
            recorder.setFrameRate(FPS);
            recorder.setVideoQuality(2);
            recorder.start();
            for (int i = 0; i < frames; i++) {
                draw((ByteBuffer) frame.image[0], frame.imageStride, i);
                recorder.record(frame);
            }
        }
        return file;
    }

    private static void draw(ByteBuffer bgr, int stride, int number) {
        int left = 4 * number % (WIDTH - 16);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                boolean square = x >= left && x < left + 16 && y >= 40 && y < 56;
                byte value = (byte) (square ? 250 : x);
                for (int channel = 0; channel < 3; channel++) {
                    bgr.put(y * stride + 3 * x + channel, value);
                }
            }
        }
    }
}
