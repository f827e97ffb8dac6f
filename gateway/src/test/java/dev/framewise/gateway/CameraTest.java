package dev.framewise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.framewise.gateway.TestingLiveSource.End;
import dev.framewise.gateway.capture.CameraCounters;
import dev.framewise.gateway.capture.FrameSource;
import dev.framewise.gateway.capture.FrameStamper;
import dev.framewise.gateway.capture.Pacer;
import dev.framewise.gateway.capture.PictureHandler;
import dev.framewise.gateway.capture.PictureWatch;
import dev.framewise.gateway.capture.VideoSources;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.directive.PictureOrder;
import dev.framewise.gateway.outbox.EpochJournal;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.gateway.publish.FramePublisher;
import dev.framewise.schemas.Frame;
import dev.framewise.thermal.ThrottleDecision;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A live camera that does what cameras do. */
class CameraTest {
    private final TestingClock time = new TestingClock();
    private final TestingRecordSink sink = new TestingRecordSink();
    private final EventLog events = new EventLog(time::micros);
    private final CameraCounters counters = new CameraCounters();
    private final Queue<FrameSource> sources = new ArrayDeque<>();
    private final Queue<Long> waits = new ConcurrentLinkedQueue<>();
    private Pacer.Sleeper sleeper = waits::add;
    private Camera camera;

    @AfterEach
    void close() throws Exception {
        camera.close();
    }

    @Test
    void aLineThatDropsIsTakenUpAgainAndNumbersGoOn() {
        TestingLiveSource last = new TestingLiveSource(4, End.HANGS);
        sources.addAll(List.of(
                new TestingLiveSource(3, End.BREAKS_OFF),
                new TestingLiveSource(0, End.ENDS),
                new TestingLiveSource(5, End.ENDS),
                last));
        start();

        awaitFrames(12);

        assertThat(sink.frames())
                .extracting(Frame::getSequence)
                .containsExactlyElementsOf(LongStream.range(0, 12).boxed().toList());
        assertThat(camera.reopened()).isEqualTo(3);
        assertThat(events.counts())
                .containsEntry(EventLog.Kind.CAMERA_LOST, 2L)
                .containsEntry(EventLog.Kind.CAMERA_BACK, 2L);
        assertThat(waits).allSatisfy(nanos -> assertThat(nanos).isPositive());
        last.letGo.countDown();
    }

    @Test
    void aGrabThatHangsIsLeftToItselfAndTheCameraIsOpenedAnew() throws Exception {
        TestingLiveSource hung = new TestingLiveSource(2, End.HANGS);
        TestingLiveSource next = new TestingLiveSource(3, End.HANGS);
        sources.addAll(List.of(hung, next));
        start();
        hung.hanging.await();
        time.advance(Duration.ofSeconds(9));
        camera.check();
        assertThat(camera.stuck()).isZero();

        time.advance(Duration.ofSeconds(2));
        camera.check();
        next.hanging.await();

        assertThat(camera.stuck()).isEqualTo(1);
        assertThat(hung.isClosed()).as("its thread is in it still").isFalse();
        hung.letGo.countDown();
        await().atMost(Duration.ofMinutes(1)).until(() -> camera.stuck() == 0);
        assertThat(hung.isClosed()).isTrue();
        assertThat(sink.frames())
                .as("what the one that was left brings is not taken")
                .extracting(Frame::getSequence)
                .containsExactly(0L, 1L, 2L, 3L, 4L);
        next.letGo.countDown();
    }

    @Test
    void aCameraThatIsOffAndWaitsToBeTriedAgainDoesNotHang() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        sleeper = nanos -> {
            waits.countDown();
            new CountDownLatch(1).await();
        };
        // there is no source: opening fails at once
        start();
        assertThat(waits.await(1, TimeUnit.MINUTES))
                .as("it waits to be tried again")
                .isTrue();

        time.advance(Duration.ofSeconds(30));
        camera.check();

        assertThat(camera.stuck()).as("threads that hang").isZero();
        assertThat(events.counts())
                .containsEntry(EventLog.Kind.CAMERA_LOST, 1L)
                .doesNotContainKey(EventLog.Kind.CAMERA_HANGS);
    }

    @Test
    void noMoreThanThreeHang() throws Exception {
        List<TestingLiveSource> hanging = List.of(
                new TestingLiveSource(0, End.HANGS),
                new TestingLiveSource(0, End.HANGS),
                new TestingLiveSource(0, End.HANGS),
                new TestingLiveSource(0, End.HANGS));
        sources.addAll(hanging);
        start();
        for (TestingLiveSource source : hanging) {
            source.hanging.await();
            time.advance(Duration.ofSeconds(11));
            camera.check();
        }

        assertThat(camera.stuck()).isEqualTo(Camera.MAX_STUCK);
        assertThat(camera.isBeyondHelp()).isTrue();
        assertThat(sources).isEmpty();
        hanging.forEach(source -> source.letGo.countDown());
    }

    @Test
    void oneThatNeverComesBackHoldsTheDeviceAndIsBeyondHelp() throws Exception {
        TestingLiveSource hung = new TestingLiveSource(1, End.HANGS);
        sources.add(hung);
        start();
        hung.hanging.await();
        time.advance(Duration.ofSeconds(11));
        camera.check();
        // whoever opens it anew hears that the device is busy: nothing else hangs
        await().atMost(Duration.ofMinutes(1)).until(() -> camera.reopened() > 0);

        time.advance(Camera.HELD.minusSeconds(1));
        assertThat(camera.isBeyondHelp()).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(camera.stuck()).isEqualTo(1);
        assertThat(camera.isBeyondHelp()).isTrue();
        hung.letGo.countDown();
        await().atMost(Duration.ofMinutes(1)).until(() -> !camera.isBeyondHelp());
    }

    @Test
    void aFrozenPictureIsReported() throws Exception {
        sources.add(new TestingLiveSource(0, End.HANGS));
        PictureWatch watch = new PictureWatch("gate", /* active= */ true, events, time);
        start();
        try (FrameSource pattern = new VideoSources().open("test:64x48@5", /* jpegQuality= */ 90)) {
            byte[] same = pattern.next().jpeg();
            for (int i = 0; i < 12; i++) {
                watch.see(same);
                time.advance(Duration.ofSeconds(1));
            }
            assertThat(watch.state()).isEqualTo(PictureWatch.State.FROZEN);
            watch.see(pattern.next().jpeg());
            assertThat(watch.state()).isEqualTo(PictureWatch.State.GOOD);
        }
        assertThat(events.counts())
                .containsEntry(EventLog.Kind.PICTURE_FROZEN, 1L)
                .containsEntry(EventLog.Kind.PICTURE_GOOD, 1L);
    }

    private void start() {
        CameraSettings settings = CameraSettings.of("gate", "rtsp://user:secret@camera/1");
        GatewayParts parts = new GatewayParts(
                time,
                time,
                nanos -> sleeper.sleep(nanos),
                (address, quality) -> {
                    FrameSource source = sources.poll();
                    if (source == null) {
                        throw new IOException("no more sources");
                    }
                    return source;
                },
                kafka -> sink);
        PictureWatch watch = new PictureWatch("gate", /* active= */ false, events, time);
        camera = new Camera(
                settings,
                parts,
                events,
                watch,
                fps -> new PictureHandler(
                        settings,
                        new FrameStamper("board-1", sequence -> time.micros(), EpochJournal.inMemory("gate", 1)),
                        () -> new ThrottleDecision(1, 1, "cool"),
                        () -> PictureOrder.NONE,
                        new FramePublisher(sink),
                        counters,
                        watch));
        camera.start();
    }

    private void awaitFrames(int count) {
        await().atMost(Duration.ofMinutes(1)).until(() -> sink.frames().size() >= count);
    }
}
