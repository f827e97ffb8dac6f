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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A life with real models of a few nodes, and a background that works when the test says so. */
abstract class TestingModelLife {
    static final List<String> CAMERAS =
            IntStream.range(0, 20).mapToObj(i -> "camera-" + i).toList();

    @TempDir
    Path directory;

    final TestingExecutor background = new TestingExecutor();
    final List<Detector> opened = Collections.synchronizedList(new ArrayList<>());
    byte[] jpeg;
    Path base;
    Path same;
    Path moved;
    ModelLife life;
    long sequence;
    long nanos;
    final CountDownLatch opening = new CountDownLatch(1);
    volatile String slowVersion = "none";

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

    static boolean isOpen(Detector detector) {
        try {
            detector.run(1);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    void accept(Release release) {
        life.follow(release);
        background.runAll();
        promote(release, 1);
        life.barrier();
        life.follow(release.decided(ReleaseState.ACCEPTED, 1, "fine", "job", Optional.empty()));
        life.barrier();
        assertThat(live()).isEqualTo(release.version().label());
    }

    void promote(Release release, double share) {
        life.follow(release.decided(ReleaseState.PROMOTED, share, "fine", "job", Optional.empty()));
    }

    Release offer(String version, Path file) throws Exception {
        return Release.of(TestingReleases.record(version, file).build());
    }

    String live() {
        return life.live("a").label();
    }

    /** That many frames of each of some cameras, the shadow being quick. */
    void frames(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            String camera = CAMERAS.stream()
                    .filter(one -> !life.live(one).label().contains("@"))
                    .findFirst()
                    .orElse("a");
            frame(camera);
            background.runAll();
        }
    }

    void frame(String camera) throws Exception {
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

    Path cache() {
        return directory.resolve("cache");
    }

    ModelLife restored(Standings standings) throws Exception {
        return restored(standings, background);
    }

    ModelLife restored(Standings standings, Executor executor) throws Exception {
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
