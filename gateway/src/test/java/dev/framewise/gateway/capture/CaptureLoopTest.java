package dev.framewise.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.TestingClock;
import dev.framewise.gateway.TestingRecordSink;
import dev.framewise.gateway.TestingSource;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.directive.PictureOrder;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.gateway.publish.FramePublisher;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.Topic;
import dev.framewise.thermal.ThrottleDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CaptureLoopTest {
    private static final long START_MICROS = 1_700_000_000_000_000L;

    private final TestingRecordSink sink = new TestingRecordSink();
    private final CameraCounters counters = new CameraCounters();
    private PictureOrder order = PictureOrder.NONE;
    private ThrottleDecision throttle = new ThrottleDecision(1, 1, "cool");
    private int interval = 1;

    @Test
    void everyPictureBecomesOneRecord() throws Exception {
        TestingSource source = new TestingSource(20);
        throttle = new ThrottleDecision(0.5, 2, "warm");

        loop(source, Long.MAX_VALUE).run();

        List<Frame> frames = sink.frames();
        assertThat(frames)
                .extracting(Frame::getSequence)
                .containsExactlyElementsOf(LongStream.range(0, 20).boxed().toList());
        assertThat(counters.snapshot()).isEqualTo(new CameraStats(20, 5, 5, 10, 0, 20));
        assertThat(source.encoded()).as("only what is sent is encoded").isEqualTo(5);
        for (Frame frame : frames) {
            boolean sent = frame.getDisposition() == Disposition.SENT;
            assertThat(frame.getPayload() != null).isEqualTo(sent);
            assertThat(frame.getCodec()).isEqualTo(sent ? "jpeg" : "none");
            assertThat(frame.getCapturedAtMicros()).isEqualTo(START_MICROS + frame.getSequence() * 100_000);
            assertThat(frame.getWidth()).isEqualTo(64);
        }
        assertThat(sink.of(Topic.FRAMES))
                .allSatisfy(record -> assertThat(record.key()).isEqualTo("gate"));
        assertThat(sink.of(Topic.FRAMES).get(1).timestampMillis()).isEqualTo(START_MICROS / 1000 + 100);
    }

    @Test
    void theModelThatADirectiveNamesIsAskedFor() throws Exception {
        order = new PictureOrder(null, null, "yolox-nano-int8");

        loop(new TestingSource(2), Long.MAX_VALUE).run();

        assertThat(sink.frames()).hasSize(2).extracting(Frame::getModelHint).containsOnly("yolox-nano-int8");
    }

    @Test
    void aPictureThatCannotBeReadIsSentAsItIsWhateverADirectiveWants() throws Exception {
        order = new PictureOrder(40, 32, null);

        loop(new TestingSource(3), Long.MAX_VALUE).run();

        assertThat(sink.frames())
                .hasSize(3)
                .allSatisfy(frame -> assertThat(frame.getPayload().remaining()).isEqualTo(Integer.BYTES));
        assertThat(counters.snapshot()).isEqualTo(new CameraStats(3, 3, 0, 0, 0, 12));
    }

    @Test
    void ofOneOfNFramesThePictureIsSentAndOfTheOthersThatTheyWereCaptured() throws Exception {
        interval = 3;
        TestingSource source = new TestingSource(10);

        loop(source, Long.MAX_VALUE).run();

        assertThat(sink.frames())
                .extracting(Frame::getSequence)
                .containsExactlyElementsOf(LongStream.range(0, 10).boxed().toList());
        assertThat(sink.frames())
                .allSatisfy(frame -> assertThat(frame.getPayload() != null).isEqualTo(frame.getSequence() % 3 == 0));
        assertThat(counters.snapshot()).isEqualTo(new CameraStats(10, 4, 6, 0, 0, 16));
        assertThat(source.encoded()).as("only what is sent is encoded").isEqualTo(4);
    }

    @Test
    void theNextPictureTakesThePlaceOfOneThatCannotBeEncoded() throws Exception {
        interval = 4;
        TestingSource source = new TestingSource(10).unreadable(4).unreadable(5);

        loop(source, Long.MAX_VALUE).run();

        assertThat(sink.frames())
                .filteredOn(frame -> frame.getDisposition() == Disposition.SENT)
                .extracting(Frame::getSequence)
                .containsExactly(0L, 6L);
        assertThat(counters.snapshot()).isEqualTo(new CameraStats(10, 2, 6, 0, 2, 8));
    }

    @Test
    void picturesThatPiledUpWhileOneWasHandledAreThrownAwayAndCounted() throws Exception {
        TestingClock time = new TestingClock();
        SlowSink slow = new SlowSink(time);

        new CaptureLoop(new BufferingCamera(time), Pacer.none(), slow, time, CaptureLoop.Gate.OPEN).run();

        // pictures 3 to 6 were waiting behind the one that took so long; 7 is the next that is new
        assertThat(slow.handled).containsExactly(0, 1, 2, 7, 8, 9, 10, 11);
        assertThat(slow.overruns).isEqualTo(4);
    }

    /** Twelve pictures, ten a second; those that nobody took wait. */
    private static final class BufferingCamera implements FrameSource {
        private static final long INTERVAL_NANOS = 100_000_000;

        private final TestingSource pictures = new TestingSource(12);
        private final TestingClock time;
        private long dueNanos;

        BufferingCamera(TestingClock time) {
            this.time = time;
            this.dueNanos = time.getAsLong();
        }

        @Override
        public Picture next() throws IOException {
            time.advance(Duration.ofNanos(Math.max(0, dueNanos - time.getAsLong())));
            dueNanos += INTERVAL_NANOS;
            return pictures.next();
        }

        @Override
        public double framesPerSecond() {
            return 10;
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** Takes four and a half intervals for the third picture. */
    private static final class SlowSink implements PictureSink {
        private final List<Integer> handled = new ArrayList<>();
        private final TestingClock time;
        private int overruns;

        SlowSink(TestingClock time) {
            this.time = time;
        }

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public void handle(Picture picture) {
            try {
                handled.add(ByteBuffer.wrap(picture.jpeg()).getInt());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            time.advance(Duration.ofMillis(handled.size() == 3 ? 450 : 10));
        }

        @Override
        public void overrun() {
            overruns++;
        }

        @Override
        public void close() {}
    }

    @Test
    void theLimitEndsIt() throws Exception {
        loop(new TestingSource(20), /* maxFrames= */ 3).run();

        assertThat(sink.frames()).hasSize(3);
    }

    @Test
    void aSourceThatBreaksOffLeavesWhatCameBefore() {
        CaptureLoop loop = loop(new TestingSource(20, /* failAt= */ 4), Long.MAX_VALUE);

        assertThatThrownBy(loop::run).isInstanceOf(IOException.class).hasMessage("the cable was cut");
        assertThat(counters.snapshot().captured()).isEqualTo(4);
    }

    @Test
    void aFailedSinkEndsIt() {
        sink.fail(new GatewayException("no broker", null));

        assertThatThrownBy(() -> loop(new TestingSource(20), Long.MAX_VALUE).run())
                .isInstanceOf(GatewayException.class);
    }

    private CaptureLoop loop(FrameSource source, long maxFrames) {
        FrameStamper stamper = new FrameStamper(
                "board-1", "gate", START_MICROS, CaptureClock.clip(START_MICROS, /* framesPerSecond= */ 10));
        TestingClock time = new TestingClock();
        PictureWatch watch = new PictureWatch("gate", /* active= */ false, new EventLog(time::micros), time);
        PictureHandler handler = new PictureHandler(
                CameraSettings.of("gate", "test").withMaxFrames(maxFrames).withInterval(interval),
                stamper,
                () -> throttle,
                () -> order,
                new FramePublisher(sink),
                counters,
                watch);
        return new CaptureLoop(source, Pacer.none(), handler, time, CaptureLoop.Gate.OPEN);
    }
}
