package dev.framewise.gateway.capture;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FrameGrabber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source that gives JPEG pictures by itself: its packets are passed through untouched, and nothing is decoded. */
final class MjpegSource implements FrameSource {
    private static final Logger LOG = LoggerFactory.getLogger(MjpegSource.class);
    private final String address;
    private final boolean live;
    private final FFmpegFrameGrabber grabber;

    private MjpegSource(String address, boolean live, FFmpegFrameGrabber grabber) {
        this.address = address;
        this.live = live;
        this.grabber = grabber;
    }

    /**
     * Opens a source if its pictures are MJPEG.
     *
     * @param device whether it is a local camera, which is asked for MJPEG: most have it, and it saves decode and encode
     * @param options of FFmpeg
     * @return null if they are not, or if it cannot be opened this way: who opens it for decoding has the better message
     */
    static MjpegSource openIfMjpeg(String address, boolean live, boolean device, Map<String, String> options) {
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(address);
        // broken pictures are the reader's business; FFmpeg would write each to standard error
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
        if (device) {
            grabber.setFormat("video4linux2");
            grabber.setOption("input_format", "mjpeg");
        }
        options.forEach(grabber::setOption);
        try {
            grabber.start();
            if (grabber.hasVideo() && grabber.getVideoCodec() == avcodec.AV_CODEC_ID_MJPEG) {
                return new MjpegSource(address, live, grabber);
            }
        } catch (FrameGrabber.Exception e) {
            LOG.debug("{}: not opened as MJPEG", address, e);
        }
        release(grabber, address);
        return null;
    }

    @Override
    public Picture next() throws IOException {
        try {
            AVPacket packet = grabber.grabPacket();
            while (packet != null && (packet.stream_index() != grabber.getVideoStream() || packet.size() == 0)) {
                avcodec.av_packet_unref(packet);
                packet = grabber.grabPacket();
            }
            if (packet == null) {
                return null;
            }
            byte[] jpeg = new byte[packet.size()];
            packet.data().get(jpeg);
            // the grabber does not, and FFmpeg writes over a packet without giving it back: each connection lost a
            // picture
            avcodec.av_packet_unref(packet);
            return new JpegPicture(grabber.getImageWidth(), grabber.getImageHeight(), jpeg);
        } catch (FrameGrabber.Exception e) {
            throw new IOException(address + ": unreadable", e);
        }
    }

    @Override
    public double framesPerSecond() {
        return grabber.getVideoFrameRate();
    }

    @Override
    public String given() {
        return String.format(
                Locale.ROOT,
                "%dx%d at %.3g fps, MJPEG",
                grabber.getImageWidth(),
                grabber.getImageHeight(),
                grabber.getVideoFrameRate());
    }

    @Override
    public boolean isLive() {
        return live;
    }

    @Override
    public void close() {
        release(grabber, address);
    }

    private static void release(FFmpegFrameGrabber grabber, String address) {
        try {
            grabber.close();
        } catch (FrameGrabber.Exception e) {
            LOG.warn("{}: not closed cleanly", address, e);
        }
    }
}
