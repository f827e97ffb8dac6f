package dev.framewise.vision.image;

import dev.framewise.vision.image.ImageFormatException.Problem;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * FFmpeg's JPEG decoder at one scale, with memory that is reused from picture to picture. Belongs to one thread.
 *
 * <p>Why FFmpeg: docs/decisions/0002-jpeg-decode.md.
 */
final class FfmpegJpeg implements AutoCloseable {
    /**
     * FFmpeg's number for Xvid's inverse transform, whose SIMD form is the fastest on x86-64: two trials on a busy machine
     * gave 0.87 and 0.94 of the default's decode time (docs/decisions/0002-jpeg-decode.md). On ARM it has no SIMD form.
     */
    private static final int IDCT_XVID = 14;

    private final JpegScale scale;
    private final AVCodecContext context;
    private final AVPacket packet;
    private final AVFrame frame;
    private final YuvImage planes = new YuvImage();
    private BytePointer input = new BytePointer(/* bytes= */ 1 << 17);

    FfmpegJpeg(JpegScale scale) {
        NativeLibraries.load();
        this.scale = scale;
        AVCodec codec = avcodec.avcodec_find_decoder(avcodec.AV_CODEC_ID_MJPEG);
        context = avcodec.avcodec_alloc_context3(codec);
        context.thread_count(1);
        context.lowres(scale.shift());
        if (Loader.getPlatform().endsWith("x86_64")) {
            context.idct_algo(IDCT_XVID);
        }
        // Without 'explode' the decoder papers over broken scans with grey.
        context.err_recognition(
                avcodec.AV_EF_EXPLODE | avcodec.AV_EF_BITSTREAM | avcodec.AV_EF_BUFFER | avcodec.AV_EF_CAREFUL);
        int opened = avcodec.avcodec_open2(context, codec, (AVDictionary) null);
        if (opened < 0) {
            throw new IllegalStateException("FFmpeg's JPEG decoder does not open: code " + opened);
        }
        packet = avcodec.av_packet_alloc();
        frame = avutil.av_frame_alloc();
    }

    /**
     * Decodes one picture.
     *
     * @param header what the picture says about itself
     * @return planes that are valid until the next call
     */
    YuvImage decode(byte[] jpeg, JpegHeader header) throws ImageFormatException {
        fill(jpeg);
        packet.data(input);
        packet.size(jpeg.length);
        int sent = avcodec.avcodec_send_packet(context, packet);
        int received = sent < 0 ? sent : avcodec.avcodec_receive_frame(context, frame);
        if (received < 0) {
            // A refused picture may leave half a frame behind.
            avcodec.avcodec_flush_buffers(context);
            throw new ImageFormatException(Problem.CORRUPT, describe(header) + errorText(received));
        }
        if (frame.width() != scale.lengthOf(header.width()) || frame.height() != scale.lengthOf(header.height())) {
            throw new ImageFormatException(
                    Problem.CORRUPT,
                    describe(header) + "decoded to " + frame.width() + "x" + frame.height() + " pixels");
        }
        if (frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
            throw new ImageFormatException(Problem.CORRUPT, describe(header) + "parts of the scan are unreadable");
        }
        return window(header);
    }

    private void fill(byte[] jpeg) {
        long needed = jpeg.length + (long) avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
        if (input.capacity() < needed) {
            input.close();
            input = new BytePointer(needed + needed / 2);
        }
        input.position(0).put(jpeg, 0, jpeg.length);
        // The decoder reads a little beyond the end, and stale bytes there would make its result depend on the past.
        Pointer.memset(input.getPointer(jpeg.length), 0, avcodec.AV_INPUT_BUFFER_PADDING_SIZE);
    }

    private YuvImage window(JpegHeader header) throws ImageFormatException {
        int shiftX;
        int shiftY;
        switch (frame.format()) {
            case avutil.AV_PIX_FMT_GRAY8 -> {
                planes.setPicture(header.width(), header.height(), /* planeCount= */ 1);
                planes.setPlane(0, frame.data(0), frame.width(), frame.height(), frame.linesize(0));
                return planes;
            }
            case avutil.AV_PIX_FMT_YUVJ420P, avutil.AV_PIX_FMT_YUV420P -> {
                shiftX = 1;
                shiftY = 1;
            }
            case avutil.AV_PIX_FMT_YUVJ422P, avutil.AV_PIX_FMT_YUV422P -> {
                shiftX = 1;
                shiftY = 0;
            }
            case avutil.AV_PIX_FMT_YUVJ440P, avutil.AV_PIX_FMT_YUV440P -> {
                shiftX = 0;
                shiftY = 1;
            }
            case avutil.AV_PIX_FMT_YUVJ444P, avutil.AV_PIX_FMT_YUV444P -> {
                shiftX = 0;
                shiftY = 0;
            }
            case avutil.AV_PIX_FMT_YUVJ411P, avutil.AV_PIX_FMT_YUV411P -> {
                shiftX = 2;
                shiftY = 0;
            }
            default ->
                throw new ImageFormatException(
                        Problem.UNSUPPORTED, describe(header) + "pixel format " + pixelFormatName(frame.format()));
        }
        int chromaWidth = -(-frame.width() >> shiftX);
        int chromaHeight = -(-frame.height() >> shiftY);
        planes.setPicture(header.width(), header.height(), /* planeCount= */ 3);
        planes.setPlane(0, frame.data(0), frame.width(), frame.height(), frame.linesize(0));
        planes.setPlane(1, frame.data(1), chromaWidth, chromaHeight, frame.linesize(1));
        planes.setPlane(2, frame.data(2), chromaWidth, chromaHeight, frame.linesize(2));
        return planes;
    }

    private static String pixelFormatName(int format) {
        try (BytePointer name = avutil.av_get_pix_fmt_name(format)) {
            return name == null ? Integer.toString(format) : name.getString();
        }
    }

    private static String describe(JpegHeader header) {
        return header.width() + "x" + header.height() + " JPEG: ";
    }

    private static String errorText(int code) {
        byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
        avutil.av_strerror(code, text, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        planes.close();
        avutil.av_frame_free(frame);
        // The bytes belong to 'input', not to the packet.
        packet.data(null);
        packet.size(0);
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(context);
        input.close();
    }
}
