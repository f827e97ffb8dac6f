package dev.framewise.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.InputFormat.ColourOrder;
import dev.framewise.vision.image.JpegEncoder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FoldCommandTest {
    private static final String NANO = "yolox-nano-416";

    /** The last row of cells sees eight rows of grey where it saw a hundred: boxes move by less than a percent of the frame. */
    private static final float PIXELS = 6;

    @TempDir
    private Path folder;

    private final DetectorOptions people = DetectorOptions.builder()
            .scoreThreshold(0.5f)
            .classes(DetectorOptions.PERSON)
            .build();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aModelForACameraSeesTheSamePeopleWithoutTheGrey() throws Exception {
        Path fitted = folder.resolve("fitted.onnx");
        assertThat(run(NANO, "--camera", "768x576", "--out", fitted.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("for pictures of 768x576: 416x320");
        AssetCatalog catalog = AssetCatalog.standard();
        try (Detector whole = Detector.open(catalog.locate(NANO), people);
                Detector without = Detector.open(fitted, people);
                ClipReader clip = ClipReader.open(catalog.locate("pets09-s2l1"))) {
            assertThat(without.input(0)).hasSize(3 * 320 * 416);
            assertThat(clip.advance()).isTrue();
            Detections then = see(whole, clip);
            Detections now = see(without, clip);
            assertSamePeople(now, then, PIXELS);
        }
    }

    /** Through JPEG, which is where the two differ in what is computed. */
    @Test
    void aModelThatReadsYcbcrSeesTheSamePeople() throws Exception {
        Path changed = folder.resolve("ycbcr.onnx");
        assertThat(run(NANO, "--ycbcr", "--out", changed.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("reads YCbCr");
        AssetCatalog catalog = AssetCatalog.standard();
        try (Detector colours = Detector.open(catalog.locate(NANO), people);
                Detector planes = Detector.open(changed, people);
                ClipReader clip = ClipReader.open(catalog.locate("pets09-s2l1"));
                JpegEncoder encoder = new JpegEncoder(80)) {
            assertThat(planes.description().input().orElseThrow().colours()).isEqualTo(ColourOrder.YCBCR);
            assertThat(clip.advance()).isTrue();
            byte[] jpeg = encoder.encode(clip.image());
            Detections then = see(colours, jpeg);
            Detections now = see(planes, jpeg);
            assertSamePeople(now, then, /* pixels= */ 1);
            for (int i = 0; i < then.size(); i++) {
                assertThat(now.score(i)).isCloseTo(then.score(i), within(0.02f));
            }
        }
        assertThat(run(
                        changed.toString(),
                        "--ycbcr",
                        "--out",
                        folder.resolve("again.onnx").toString()))
                .isNotZero();
    }

    private static void assertSamePeople(Detections now, Detections then, float pixels) {
        assertThat(then.size()).isGreaterThanOrEqualTo(3);
        assertThat(now.size()).isEqualTo(then.size());
        for (int i = 0; i < then.size(); i++) {
            assertThat(now.x1(i)).isCloseTo(then.x1(i), within(pixels));
            assertThat(now.y2(i)).isCloseTo(then.y2(i), within(pixels));
        }
    }

    private static Detections see(Detector detector, byte[] jpeg) throws ImageFormatException {
        detector.load(0, jpeg, new FrameTimings());
        return see(detector);
    }

    private static Detections see(Detector detector, ClipReader clip) {
        detector.load(0, clip.image(), new FrameTimings());
        return see(detector);
    }

    private static Detections see(Detector detector) {
        Detections seen = new Detections();
        detector.run(1);
        detector.detections(0, seen, new FrameTimings());
        return seen;
    }

    @Test
    void twoSizesAreOneTooMany() {
        Path never = folder.resolve("never.onnx");
        assertThat(run(NANO, "--size", "416x320", "--camera", "768x576", "--out", never.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("name one of them");
        assertThat(run(NANO, "--camera", "768", "--out", never.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--camera is '768'");
        assertThat(folder).isEmptyDirectory();
    }

    private int run(String... arguments) {
        return new CommandLine(new FoldCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
