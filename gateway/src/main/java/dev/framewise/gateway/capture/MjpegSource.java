package dev.framewise.gateway.capture;

import dev.framewise.vision.image.FfmpegReason;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegHeader;
import java.io.IOException;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FrameGrabber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source that gives JPEG pictures by itself: its packets are passed through untouched, and nothing is decoded. */
final class MjpegSource implements FrameSource {
    private static final Logger LOG = LoggerFactory.getLogger(MjpegSource.class);
    private final String shown;
    private final boolean live;
    private final FFmpegFrameGrabber grabber;

    /**
     * A source of pictures that are MJPEG.
     *
     * @param shown its address, for messages
     * @param started is closed with the source
     */
    MjpegSource(String shown, boolean live, FFmpegFrameGrabber started) {
        this.shown = shown;
        this.live = live;
        this.grabber = started;
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
            return picture(jpeg);
        } catch (FrameGrabber.Exception e) {
            throw new IOException(shown + ": unreadable (" + FfmpegReason.of(e) + ")", e);
        }
    }

    /** With the size that it has itself: a camera may change it while it sends. What is no JPEG has that of the others. */
    private Picture picture(byte[] jpeg) {
        try {
            JpegHeader header = JpegHeader.parse(jpeg);
            return new JpegPicture(header.width(), header.height(), jpeg);
        } catch (ImageFormatException e) {
            LOG.debug("{}: passes on what is no JPEG", shown, e);
            return new JpegPicture(grabber.getImageWidth(), grabber.getImageHeight(), jpeg);
        }
    }

    @Override
    public double framesPerSecond() {
        return grabber.getVideoFrameRate();
    }

    @Override
    public Optional<PictureFormat> given() {
        return Optional.of(new PictureFormat(
                grabber.getImageWidth(), grabber.getImageHeight(), grabber.getVideoFrameRate(), /* jpeg= */ true));
    }

    @Override
    public boolean isLive() {
        return live;
    }

    @Override
    public void close() {
        try {
            grabber.close();
        } catch (FrameGrabber.Exception e) {
            LOG.warn("{}: not closed cleanly ({})", shown, FfmpegReason.of(e));
        }
    }
}
