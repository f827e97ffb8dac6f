package dev.framewise.vision.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.schemas.ReleaseState;
import dev.framewise.vision.asset.DownloadOptions;
import dev.framewise.vision.asset.DownloadProgress;
import dev.framewise.vision.asset.FileFetcher;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.JpegEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real models of a few nodes, and a background that works when the test says so. */
class ModelLifeTest {
    private static final List<String> CAMERAS =
            IntStream.range(0, 20).mapToObj(i -> "camera-" + i).toList();

    @TempDir
    Path directory;

    private final TestingExecutor background = new TestingExecutor();
    private final List<Detector> opened = Collections.synchronizedList(new ArrayList<>());
    private byte[] jpeg;
    private Path base;
    private Path same;
    private Path moved;
    private ModelLife life;
    private long sequence;
    private long nanos;
    private final CountDownLatch opening = new CountDownLatch(1);
    private volatile String slowVersion = "none";

    @BeforeEach
    void open() throws Exception {
        base = TestingReleases.model(directory.resolve("base.onnx"), 0.8f, /* moved= */ 0);
        same = TestingReleases.model(directory.resolve("same.onnx"), 0.81f, /* moved= */ 0.5f);
        moved = TestingReleases.model(directory.resolve("moved.onnx"), 0.8f, /* moved= */ 8);
        try (JpegEncoder encoder = new JpegEncoder(/* quality= */ 90)) {
            jpeg = encoder.encode(new BgrImage(64, 64));
        }
        life = restored(Standings.START);
    }

    /** The background may have ended before it did all that it was given: nothing must stay open for that. */
    @AfterEach
    void close() {
        life.close();
        assertThat(opened).allSatisfy(detector -> assertThatThrownBy(() -> detector.run(1))
                .as("its native memory was given back")
                .isInstanceOf(IllegalStateException.class));
    }

    @Test
    void aReleaseIsLiveFromTheBarrierOnThatFollowsItsPromotion() throws Exception {
        Release release = offer("2", same);
        life.follow(release);
        assertThat(live()).isEqualTo("base");
        life.barrier();
        background.runAll();
        frames(3);
        assertThat(life.report().orElseThrow().frames).isEqualTo(3);
        promote(release, 1);
        assertThat(live()).as("nothing changes between barriers").isEqualTo("base");
        life.barrier();
        assertThat(live()).isEqualTo(release.version().label());
    }

    @Test
    void whatIsStillLoadingIsWaitedForByTheBarrierNotByTheFrames() throws Exception {
        Release release = offer("2", same);
        life.follow(release);
        promote(release, 1);
        life.barrier();
        assertThat(live()).isEqualTo("base");
        assertThat(life.report().orElseThrow().loaded).isFalse();
        background.runAll();
        assertThat(life.report().orElseThrow().loaded).isTrue();
        life.barrier();
        assertThat(live()).isEqualTo(release.version().label());
    }

    @Test
    void evidenceIsWhatBothSaw() throws Exception {
        life.follow(offer("2", same));
        background.runAll();
        frames(5);
        Evidence good = life.report().orElseThrow();
        assertThat(good.frames).isEqualTo(5);
        assertThat(good.agreement()).isEqualTo(1);
        assertThat(good.scoreDrift()).isBetween(0.009, 0.011);
        assertThat(good.oldNanos).isPositive();
        assertThat(good.newNanos).isPositive();
        assertThat(life.report().orElseThrow().frames).as("counted once").isZero();
    }

    @Test
    void theTrialIsTimedFromTheOfferOnFromReportToReport() throws Exception {
        nanos = 5;
        life.follow(offer("2", same));
        nanos = 7;
        assertThat(life.report().orElseThrow().trialNanos).as("still loading").isEqualTo(2);
        nanos = 17;
        assertThat(life.report().orElseThrow().trialNanos).isEqualTo(10);
        life.follow(offer("3", moved));
        assertThat(life.report().orElseThrow().trialNanos).isZero();
    }

    @Test
    void aPerturbedModelDisagrees() throws Exception {
        life.follow(offer("2", moved));
        background.runAll();
        frames(5);
        assertThat(life.report().orElseThrow().agreement()).isZero();
    }

    @Test
    void whileTheShadowIsBusyFramesPassByUnseen() throws Exception {
        life.follow(offer("2", same));
        background.runAll();
        frame("a");
        assertThat(background.waiting()).isEqualTo(1);
        frame("a");
        frame("a");
        background.runAll();
        assertThat(life.report().orElseThrow().frames).isEqualTo(1);
    }

    @Test
    void aStageIsForItsShareOfTheCameras() throws Exception {
        Release release = Release.of(
                TestingReleases.record("2", same).setStages(List.of(0.3, 0.6)).build());
        life.follow(release);
        background.runAll();
        double[] shares = {0.3, 0.6};
        for (double share : shares) {
            promote(release, share);
            life.barrier();
            for (String camera : CAMERAS) {
                assertThat(life.live(camera).label().equals(release.version().label()))
                        .as(camera)
                        .isEqualTo(CameraShare.includes(share, camera));
            }
            frames(2);
            Evidence report = life.report().orElseThrow();
            assertThat(report.share).isEqualTo(share);
            assertThat(report.frames).as("it is compared on in every stage").isPositive();
        }
        promote(release, 1);
        life.barrier();
        assertThat(CAMERAS).allSatisfy(camera -> assertThat(life.live(camera).label())
                .isEqualTo(release.version().label()));
    }

    @Test
    void afterItsPromotionTheOldOneIsTheShadowAndARefusalBringsItBack() throws Exception {
        Release release = offer("2", same);
        life.follow(release);
        background.runAll();
        promote(release, 1);
        life.barrier();
        frames(4);
        Evidence watched = life.report().orElseThrow();
        assertThat(watched.share).isEqualTo(1);
        assertThat(watched.frames).isEqualTo(4);
        life.follow(release.decided(ReleaseState.REFUSED, 0, "disagrees", "job", Optional.empty()));
        assertThat(live()).isEqualTo(release.version().label());
        life.barrier();
        assertThat(live()).isEqualTo("base");
        assertThat(life.report()).isEmpty();
    }

    @Test
    void onceAcceptedTheOldOneIsClosedAndARetirementOpensItAgain() throws Exception {
        Release release = offer("2", same);
        accept(release);
        background.runAll();
        assertThatThrownBy(() -> opened.get(0).run(1)).isInstanceOf(IllegalStateException.class);
        life.follow(release.decided(ReleaseState.RETIRED, 0, "oops", null, Optional.empty()));
        life.barrier();
        assertThat(live())
                .as("until the old one is there")
                .isEqualTo(release.version().label());
        background.runAll();
        life.barrier();
        assertThat(live()).isEqualTo("base");
    }

    @Test
    void tenVersionsInARowLeaveOneDetectorOpen() throws Exception {
        for (int version = 2; version < 12; version++) {
            accept(offer("" + version, version % 2 == 0 ? same : base));
            background.runAll();
        }
        assertThat(opened.stream().filter(ModelLifeTest::isOpen)).hasSize(1);
    }

    @Test
    void aCorruptFileIsReportedAndTheOldOneStays() throws Exception {
        Path corrupt = Files.write(directory.resolve("corrupt.onnx"), new byte[500]);
        Release release = offer("2", corrupt);
        life.follow(release);
        background.runAll();
        Evidence report = life.report().orElseThrow();
        assertThat(report.problem).isEqualTo("BAD_MODEL");
        assertThat(report.reason).contains("model.onnx");
        assertThat(report.loaded).isFalse();
        promote(release, 1);
        life.barrier();
        assertThat(live()).isEqualTo("base");
    }

    /** Its address gave a byte a minute: the next release must not wait for it. */
    @Test
    void whatIsBeingOpenedIsBrokenOffWhenAnotherVersionIsOffered() throws Exception {
        Release slow = offer("2", same);
        Release next = offer("3", same);
        slowVersion = "2";
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            life.close();
            life = restored(Standings.START, thread);
            life.follow(slow);
            assertThat(opening.await(1, TimeUnit.MINUTES))
                    .as("version 2 is being opened")
                    .isTrue();
            life.follow(next);
            assertThat(isLoadedBy(thread)).as("version 3").isTrue();
            slowVersion = "none";
            life.follow(slow);
            assertThat(isLoadedBy(thread)).as("offered again").isTrue();
        } finally {
            thread.shutdownNow();
            assertThat(thread.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    /** It had been broken off, and nobody had looked since. */
    @Test
    void whatIsOfferedAgainBeforeItIsSeenToBeBrokenOffIsOpenedAfterAll() throws Exception {
        Release release = offer("2", same);
        life.follow(release);
        life.follow(offer("3", same));
        background.runAll();
        life.follow(release);
        assertThat(life.report().orElseThrow().loaded).isFalse();
        background.runAll();
        assertThat(life.report().orElseThrow().loaded).isTrue();
    }

    /** Whether the pending version is there when all that was ordered so far has been done. */
    private boolean isLoadedBy(ExecutorService thread) throws Exception {
        thread.submit(() -> {}).get(1, TimeUnit.MINUTES);
        Evidence report = life.report().orElseThrow();
        assertThat(report.problem).isNull();
        return report.loaded;
    }

    @Test
    void aJobRestoredFromABarrierSeesWithWhatWasLiveThere() throws Exception {
        Release release = offer("2", same);
        life.follow(release);
        background.runAll();
        promote(release, 1);
        Standings before = life.standings();
        life.barrier();
        Standings behind = life.standings();
        close();
        life = restored(behind);
        assertThat(live()).isEqualTo(release.version().label());
        close();
        life = restored(before);
        assertThat(live()).as("the record was read, the barrier did not come").isEqualTo("base");
        background.runAll();
        life.barrier();
        assertThat(live()).isEqualTo(release.version().label());
    }

    @Test
    void aReleaseThatIsGoneAfterARestoreIsReportedAndTheOldOneSees() throws Exception {
        Release release = offer("2", same);
        life.follow(release);
        background.runAll();
        promote(release, 1);
        life.barrier();
        Standings standings = life.standings();
        close();
        Files.delete(same);
        Files.delete(cache().resolve(release.version().file().sha256()).resolve("model.onnx"));
        life = restored(standings);
        assertThat(live()).isEqualTo("base");
        assertThat(life.report().orElseThrow().problem).isEqualTo("NOT_FETCHED");
    }

    @Test
    void framesOnWhichALiveReleaseFailsAreSeenByTheOldOne() throws Exception {
        Release release = offer("2", same);
        life.follow(release);
        background.runAll();
        promote(release, 1);
        life.barrier();
        Loaded failed = life.live("a");
        Loaded instead =
                life.insteadOf(failed, new IllegalStateException("for a test")).orElseThrow();
        assertThat(instead.label()).isEqualTo("base");
        assertThat(life.report().orElseThrow().errors).isEqualTo(1);
        assertThat(life.insteadOf(instead, new IllegalStateException("for a test")))
                .as("the old one failing is no release's fault")
                .isEmpty();
    }

    private static boolean isOpen(Detector detector) {
        try {
            detector.run(1);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void accept(Release release) {
        life.follow(release);
        background.runAll();
        promote(release, 1);
        life.barrier();
        life.follow(release.decided(ReleaseState.ACCEPTED, 1, "fine", "job", Optional.empty()));
        life.barrier();
        assertThat(live()).isEqualTo(release.version().label());
    }

    private void promote(Release release, double share) {
        life.follow(release.decided(ReleaseState.PROMOTED, share, "fine", "job", Optional.empty()));
    }

    private Release offer(String version, Path file) throws Exception {
        return Release.of(TestingReleases.record(version, file).build());
    }

    private String live() {
        return life.live("a").label();
    }

    /** That many frames of each of some cameras, the shadow being quick. */
    private void frames(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            String camera = CAMERAS.stream()
                    .filter(one -> !life.live(one).label().contains("@"))
                    .findFirst()
                    .orElse("a");
            frame(camera);
            background.runAll();
        }
    }

    private void frame(String camera) throws Exception {
        FrameTimings timings = new FrameTimings();
        Loaded live = life.live(camera);
        live.detector().load(/* slot= */ 0, jpeg, timings);
        boolean taken = life.takesIntoShadow(camera, sequence++, live, /* slot= */ 0, jpeg);
        live.detector().run(1);
        Detections found = new Detections();
        live.detector().detections(/* slot= */ 0, found, timings);
        assertThat(found.size()).isEqualTo(1);
        if (taken) {
            life.compare(found, live.detector(), /* batch= */ 1);
        }
    }

    private Path cache() {
        return directory.resolve("cache");
    }

    private ModelLife restored(Standings standings) throws Exception {
        return restored(standings, background);
    }

    private ModelLife restored(Standings standings, Executor executor) throws Exception {
        ModelLoader loader = new ModelLoader(
                base,
                new FileFetcher(cache(), DownloadOptions.DEFAULT, DownloadProgress.lines(System.err), List.of()),
                DetectorOptions.defaults(),
                length -> {});
        return new ModelLife(
                version -> {
                    if (version.filter(one -> one.version().equals(slowVersion)).isPresent()) {
                        opening.countDown();
                        new CountDownLatch(1).await();
                    }
                    Detector detector = loader.open(version);
                    opened.add(detector);
                    return detector;
                },
                executor,
                () -> nanos,
                standings);
    }
}
