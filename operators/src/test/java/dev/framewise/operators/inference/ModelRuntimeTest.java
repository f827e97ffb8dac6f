package dev.framewise.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.TestingFrames;
import dev.framewise.operators.model.TestingReleases;
import dev.framewise.schemas.ReleaseState;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelDescription;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.InputFormat;
import dev.framewise.vision.image.JpegEncoder;
import dev.framewise.vision.image.Letterbox;
import dev.framewise.vision.model.CameraShare;
import dev.framewise.vision.model.Evidence;
import dev.framewise.vision.model.ModelLife;
import dev.framewise.vision.model.Release;
import dev.framewise.vision.model.Standings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames find the version of their camera; with the real network, which every version is here. */
class ModelRuntimeTest {
    private static final String HASH = "-01234567";
    private static final String NEW_CAMERA = camera(true);
    private static final String OLD_CAMERA = camera(false);

    /** The base is opened first, then the release, as often as it is needed. */
    private static final int BASE = 1;

    private static Path model;
    private static byte[] jpeg;

    private final List<Detector> opened = new ArrayList<>();
    private ModelRuntime runtime;

    @BeforeAll
    static void readOnePicture() throws Exception {
        model = AssetCatalog.standard().locate("yolox-nano-416");
        try (ClipReader clip = ClipReader.open(AssetCatalog.standard().locate("pets09-s2l1"));
                JpegEncoder encoder = new JpegEncoder(/* quality= */ 90)) {
            clip.advance();
            jpeg = encoder.encode(clip.image());
        }
    }

    @BeforeEach
    void open() throws Exception {
        open(InputFormat.yolox());
    }

    /** Opens a runtime whose releases want their pictures so. */
    private void open(InputFormat ofReleases) throws Exception {
        ModelLife life = new ModelLife(
                version -> open(opened, opened.size() < BASE ? InputFormat.yolox() : ofReleases),
                Runnable::run,
                System::nanoTime,
                Standings.START);
        runtime =
                new ModelRuntime(life, Executors.newSingleThreadExecutor(), /* slots= */ 4, /* keepsPictures= */ true);
    }

    private static Detector open(List<Detector> opened, InputFormat input) {
        try {
            opened.add(Detector.open(
                    model,
                    DetectorOptions.builder()
                            .maxBatch(4)
                            .description(ModelDescription.NONE.withInput(input))
                            .build()));
            return opened.get(opened.size() - 1);
        } catch (ModelException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void aBatchMayHoldFramesOfTwoVersions() throws Exception {
        promote(0.5);
        List<FrameTask> tasks = run(OLD_CAMERA, NEW_CAMERA, OLD_CAMERA);
        assertThat(tasks.get(0).cost.model).startsWith("yolox-nano-416@");
        assertThat(tasks.get(1).cost.model).isEqualTo("testing@2" + HASH);
        assertThat(tasks.get(2).cost.model).isEqualTo(tasks.get(0).cost.model);
        assertThat(tasks).allSatisfy(task -> {
            assertThat(task.scores).as("the network is the same").isEqualTo(tasks.get(0).scores);
            assertThat(task.scores.length).isGreaterThan(3);
        });
        assertThat(tasks.get(0).scores).isEqualTo(alone().scores);
    }

    @Test
    void framesAreComparedBesideTheLiveModel() throws Exception {
        runtime.follow(release(ReleaseState.OFFERED, 0));
        run(OLD_CAMERA);
        run(OLD_CAMERA);
        Evidence report = runtime.report().orElseThrow();
        assertThat(report.frames).isEqualTo(2);
        assertThat(report.agreement()).isEqualTo(1);
        assertThat(report.scoreDrift()).isZero();
        assertThat(report.oldBoxes).isPositive();
    }

    /** Such as one that reads YCbCr, or has another size: the pictures of the live one are of no use to it. */
    @Test
    void aReleaseThatWantsItsPicturesOtherwiseDecodesThemItself() throws Exception {
        close();
        opened.clear();
        open(InputFormat.yolox().withPadValue(Letterbox.PAD_VALUE + 20));
        runtime.follow(release(ReleaseState.OFFERED, 0));
        run(OLD_CAMERA);
        run(OLD_CAMERA);
        Evidence report = runtime.report().orElseThrow();
        assertThat(report.frames).isEqualTo(2);
        assertThat(report.errors).isZero();
        assertThat(report.oldBoxes).isPositive();
        assertThat(report.agreement()).isGreaterThan(0.8);
        assertThat(report.scoreDrift()).as("of pictures with another grey").isPositive();
    }

    @Test
    void framesOfAReleaseThatFailsAreSeenByTheVersionBeforeAndSaySo() throws Exception {
        for (double share : new double[] {0.5, 1}) {
            promote(share);
            FrameTask first = task(NEW_CAMERA);
            FrameTask second = task(OLD_CAMERA);
            runtime.load(0, first);
            runtime.load(1, second);
            opened.stream().skip(BASE).forEach(Detector::close);
            runtime.run(2);
            runtime.finish(0, first);
            runtime.finish(1, second);
            assertThat(first.cost.model).startsWith("yolox-nano-416@");
            assertThat(second.cost.model).startsWith("yolox-nano-416@");
            assertThat(first.scores).isEqualTo(alone().scores);
            assertThat(runtime.report().orElseThrow().errors).isPositive();
            close();
            opened.clear();
            open();
        }
    }

    @Test
    void aFrameInAnotherSlotIsRefused() throws Exception {
        run(OLD_CAMERA);
        assertThatThrownBy(() -> runtime.finish(0, task(OLD_CAMERA))).hasMessageContaining("another frame");
    }

    @Test
    void aSnapshotHoldsWhatIsInForce() throws Exception {
        byte[] before = runtime.snapshot();
        promote(1);
        assertThat(runtime.snapshot()).isNotEqualTo(before);
        assertThat(runtime.liveModel()).isEqualTo("testing@2" + HASH);
    }

    private void promote(double share) throws Exception {
        runtime.follow(release(ReleaseState.PROMOTED, share));
        runtime.barrier();
    }

    private static Release release(ReleaseState state, double share) throws Exception {
        return Release.of(TestingReleases.offered("2")
                .setStages(share == 0.5 ? List.of(0.5) : List.of())
                .setShadowShare(1)
                .setState(state)
                .setShare(share)
                .build());
    }

    private List<FrameTask> run(String... cameras) throws Exception {
        List<FrameTask> tasks = new ArrayList<>();
        for (String camera : cameras) {
            FrameTask task = task(camera);
            runtime.load(tasks.size(), task);
            tasks.add(task);
        }
        runtime.run(tasks.size());
        for (int slot = 0; slot < tasks.size(); slot++) {
            runtime.finish(slot, tasks.get(slot));
        }
        return tasks;
    }

    private static FrameTask alone() throws Exception {
        try (BatchSession session =
                new DetectorSession(Detector.open(model, DetectorOptions.defaults()), /* keepsPictures= */ false)) {
            FrameTask task = task(OLD_CAMERA);
            session.load(0, task);
            session.run(1);
            session.finish(0, task);
            return task;
        }
    }

    private static FrameTask task(String camera) {
        FrameTask task = TestingFrames.task(TestingFrames.sent(camera, 0));
        task.record.payload = jpeg;
        return task;
    }

    private static String camera(boolean inHalf) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "camera-" + i)
                .filter(name -> CameraShare.includes(0.5, name) == inHalf)
                .findFirst()
                .orElseThrow();
    }
}
