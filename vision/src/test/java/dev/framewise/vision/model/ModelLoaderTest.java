package dev.framewise.vision.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.schemas.ModelRelease;
import dev.framewise.vision.asset.DownloadOptions;
import dev.framewise.vision.asset.DownloadProgress;
import dev.framewise.vision.asset.FileFetcher;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelInfo;
import dev.framewise.vision.detect.TestingModels;
import dev.framewise.vision.model.RefusedReleaseException.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, and why, before a release sees a single frame. */
class ModelLoaderTest {
    @TempDir
    Path directory;

    private final List<Duration> pauses = new ArrayList<>();
    private Path good;
    private ModelLoader loader;

    @BeforeEach
    void openBase() throws Exception {
        good = TestingReleases.model(directory.resolve("good.onnx"), 0.8f, /* moved= */ 0);
        loader = loader();
        loader.open(Optional.empty()).close();
    }

    private ModelLoader loader() {
        FileFetcher fetcher = new FileFetcher(
                directory.resolve("cache"), DownloadOptions.DEFAULT, DownloadProgress.lines(System.err), List.of());
        return new ModelLoader(good, fetcher, DetectorOptions.defaults(), pauses::add);
    }

    @Test
    void aGoodOneIsWarmedUpWithPauses() throws Exception {
        try (Detector detector = open(TestingReleases.record("2", good))) {
            assertThat(detector.info().head()).isEqualTo("yolox");
            assertThat(detector.lastRunNanos()).isPositive();
        }
        assertThat(pauses).hasSizeGreaterThan(1);
    }

    @Test
    void aTruncatedFileIsOtherBytesUnlessItsHashIsThatOfTheStump() throws Exception {
        Path stump = directory.resolve("stump.onnx");
        Files.write(stump, Arrays.copyOf(Files.readAllBytes(good), 300));
        refused(Problem.BAD_MODEL, TestingReleases.record("2", stump), "model.onnx");
        refused(
                Problem.WRONG_BYTES,
                TestingReleases.record("2", good).setUri(stump.toUri().toString()),
                "gave 300 of the");
    }

    @Test
    void aFlippedBitIsOtherBytes() throws Exception {
        byte[] bytes = Files.readAllBytes(good);
        bytes[bytes.length / 2] ^= 4;
        Path flipped = Files.write(directory.resolve("flipped.onnx"), bytes);
        refused(
                Problem.WRONG_BYTES,
                TestingReleases.record("2", good).setUri(flipped.toUri().toString()),
                "gave other bytes");
    }

    @Test
    void externalDataOutsideItsFolderIsRefused() throws Exception {
        Path external = TestingModels.external(directory.resolve("external.onnx"), "../../../etc/passwd");
        refused(Problem.BAD_MODEL, TestingReleases.record("2", external), "../../../etc/passwd");
    }

    @Test
    void anotherHeadAnotherSizeAndAnotherPrecisionAreRefused() throws Exception {
        Path unknown = TestingModels.unknownHead(directory.resolve("unknown.onnx"));
        refused(Problem.BAD_MODEL, TestingReleases.record("2", unknown), "is named yolox");
        refused(Problem.BAD_MODEL, TestingReleases.record("2", good).setHead("yolo99"), "head is yolo99");
        refused(
                Problem.BAD_MODEL,
                TestingReleases.record("2", good).setInputWidth(640).setPrecision("int8"),
                "expected input of pixels 640x32, found 32x32; expected precision int8, found fp32");
    }

    @Test
    void otherClassesCannotBeComparedAndAreRefused() throws Exception {
        float[] output = new float[TestingModels.ANCHORS * 7];
        Path two = TestingModels.constant(directory.resolve("two.onnx"), Map.of(), output, 1, TestingModels.ANCHORS, 7);
        refused(Problem.BAD_MODEL, TestingReleases.record("2", two), "expected classes [class0]");
    }

    /** A job that was restored with a release in force never opens the model it began with. */
    @Test
    void otherClassesAreRefusedInARestoredJobToo() throws Exception {
        float[] output = new float[TestingModels.ANCHORS * 7];
        Path two = TestingModels.constant(directory.resolve("two.onnx"), Map.of(), output, 1, TestingModels.ANCHORS, 7);
        loader = loader();
        open(TestingReleases.record("2", good)).close();
        refused(Problem.BAD_MODEL, TestingReleases.record("3", two), "expected classes [class0]");
    }

    /** TensorRT was told to compute in halves: the file is what its release says all the same. */
    @Test
    void theFilesPrecisionIsComparedNotTheProviders() throws Exception {
        ModelVersion version = TestingReleases.offered("2").version();
        ModelInfo halves = new ModelInfo(
                "model",
                "yolox",
                "fp16",
                "fp32",
                TestingModels.SIDE,
                TestingModels.SIDE,
                /* fixedBatch= */ 1,
                /* classCount= */ 1,
                List.of("class0"),
                version.file().sha256(),
                "tensorrt");
        assertThatCode(() -> ModelLoader.compare(version, halves, List.of("class0")))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsNowhereIsTriedAgainBeforeItIsNotFetched() {
        refused(Problem.NOT_FETCHED, TestingReleases.record("2"), "not to be had in 5 attempts, the last: ");
        refused(Problem.NOT_FETCHED, TestingReleases.record("2"), "no such file");
        assertThat(pauses.subList(0, 4)).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L);
    }

    private void refused(Problem problem, ModelRelease.Builder release, String reason) {
        assertThatThrownBy(() -> open(release).close())
                .isInstanceOfSatisfying(RefusedReleaseException.class, e -> assertThat(e.problem())
                        .isEqualTo(problem))
                .hasMessageContaining(reason);
    }

    private Detector open(ModelRelease.Builder release) throws Exception {
        return loader.open(Optional.of(Release.of(release.build()).version()));
    }
}
