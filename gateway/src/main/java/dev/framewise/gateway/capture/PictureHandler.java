package dev.framewise.gateway.capture;

import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.directive.PictureOrder;
import dev.framewise.gateway.publish.FramePublisher;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.thermal.ThrottleDecision;
import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to each picture of one camera, whichever source it comes from: stamp, choose, encode, publish. Exactly one record per
 * picture. It outlives the sources, so that numbers go on when a camera is opened again. One thread at a time.
 */
public final class PictureHandler implements PictureSink {
    private static final Logger LOG = LoggerFactory.getLogger(PictureHandler.class);

    private final FrameStamper stamper;
    private final Supplier<ThrottleDecision> throttle;
    private final Supplier<PictureOrder> order;
    private final PictureShaper shaper;
    private final FramePublisher publisher;
    private final CameraCounters counters;
    private final PictureWatch watch;
    private final long maxFrames;
    private final Decimator decimator;
    private long taken;

    /**
     * A handler that has seen no picture.
     *
     * @param settings the camera's: how many pictures it gives, how many of them are sent, in which quality
     * @param throttle asked once per picture
     * @param order asked once per picture
     * @param watch looks at what is sent
     */
    public PictureHandler(
            CameraSettings settings,
            FrameStamper stamper,
            Supplier<ThrottleDecision> throttle,
            Supplier<PictureOrder> order,
            FramePublisher publisher,
            CameraCounters counters,
            PictureWatch watch) {
        this.stamper = stamper;
        this.throttle = throttle;
        this.order = order;
        this.shaper = new PictureShaper(settings.jpegQuality());
        this.publisher = publisher;
        this.counters = counters;
        this.watch = watch;
        this.decimator = new Decimator(settings.interval());
        this.maxFrames = settings.maxFrames();
    }

    @Override
    public boolean isDone() {
        return taken >= maxFrames;
    }

    /**
     * Takes a picture. One that cannot be encoded is published without, as EVICTED: it was captured, and its number is not lost.
     *
     * @throws dev.framewise.gateway.GatewayException if publishing has failed
     */
    @Override
    public void handle(Picture picture) {
        taken++;
        Frame frame = stamper.stamp(picture.width(), picture.height());
        PictureOrder wanted = order.get();
        frame.setModelHint(wanted.modelVariant());
        Disposition chosen = decimator.next(throttle.get());
        if (chosen == Disposition.SENT) {
            attach(frame, picture, wanted);
        } else {
            FrameStamper.withhold(frame, chosen);
        }
        publisher.fit(frame);
        if (chosen == Disposition.SENT && frame.getDisposition() != Disposition.SENT) {
            decimator.notSent();
        }
        // counted before it goes: an outbox may evict it at once, and takes it out of the count that it is in
        counters.count(
                frame.getDisposition(),
                frame.getPayload() == null ? 0 : frame.getPayload().limit());
        publisher.publish(frame);
    }

    /** Gives back what the shaping of pictures holds. */
    @Override
    public void close() {
        shaper.close();
        watch.close();
    }

    @Override
    public void overrun() {
        counters.overrun();
    }

    private void attach(Frame frame, Picture picture, PictureOrder wanted) {
        try {
            PictureShaper.Shaped shaped = shaper.shape(picture, wanted);
            watch.see(shaped.jpeg());
            // whoever finds boxes finds them in this picture
            frame.setWidth(shaped.width());
            frame.setHeight(shaped.height());
            FrameStamper.attach(frame, shaped.jpeg());
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "camera {}, sequence {}: the picture cannot be encoded; its frame goes without",
                    frame.getCamera(),
                    frame.getSequence(),
                    e);
            FrameStamper.withhold(frame, Disposition.EVICTED);
        }
    }
}
