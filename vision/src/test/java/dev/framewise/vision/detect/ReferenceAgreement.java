package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;

/**
 * Our detections of the PETS clip beside those that ONNX Runtime for Python gave on the same frames: persons, scores
 * from 0.01, NMS 0.45.
 */
final class ReferenceAgreement {
    private static final float MIN_REFERENCE_SCORE = 0.01f;
    private static final double COUNTED_SCORE = 0.3;
    private static final double SAME_BOX_IOU = 0.95;
    private static final double SAME_SCORE = 0.01;
    private static final double MIN_AGREEMENT = 0.995;

    private ReferenceAgreement() {}

    /**
     * Detects persons in every {@code step}-th frame of the clip.
     *
     * @param jpegQuality how frames are encoded before detection, 1 to 100; 0 for raw frames
     */
    static List<MotRow> detect(int step, int jpegQuality) throws Exception {
        return detect("yolox-nano-416", step, jpegQuality);
    }

    /** The same by another model of the catalog. */
    static List<MotRow> detect(String model, int step, int jpegQuality) throws Exception {
        AssetCatalog assets = AssetCatalog.standard();
        DetectorOptions options = DetectorOptions.builder()
                .scoreThreshold(MIN_REFERENCE_SCORE)
                .classes(DetectorOptions.PERSON)
                .build();
        List<MotRow> rows = new ArrayList<>();
        Detections found = new Detections();
        try (Detector detector = Detector.open(assets.locate(model), options);
                ClipReader clip = ClipReader.open(assets.locate("pets09-s2l1"));
                JpegEncoder encoder = new JpegEncoder(Math.max(1, jpegQuality))) {
            while (clip.advance()) {
                if (clip.index() % step == 0) {
                    load(detector, clip, jpegQuality == 0 ? null : encoder);
                    detector.run(1);
                    detector.detections(0, found, new FrameTimings());
                    append(rows, (int) clip.index() + 1, found);
                }
            }
        }
        return rows;
    }

    private static void load(Detector detector, ClipReader clip, JpegEncoder encoder) throws ImageFormatException {
        if (encoder == null) {
            detector.load(0, clip.image(), new FrameTimings());
        } else {
            detector.load(0, encoder.encode(clip.picture()), new FrameTimings());
        }
    }

    /**
     * The same in frames enlarged to {@code width}, as JPEG of quality 80; boxes in pixels of the clip.
     *
     * @param scaledJpegs whether they may be decoded at less than their size
     */
    static List<MotRow> detectEnlarged(int width, boolean scaledJpegs) throws Exception {
        AssetCatalog assets = AssetCatalog.standard();
        DetectorOptions options = DetectorOptions.builder()
                .scoreThreshold(MIN_REFERENCE_SCORE)
                .classes(DetectorOptions.PERSON)
                .scaledJpegs(scaledJpegs)
                .build();
        List<MotRow> rows = new ArrayList<>();
        Detections found = new Detections();
        try (Detector detector = Detector.open(assets.locate("yolox-nano-416"), options);
                ClipReader clip = ClipReader.open(assets.locate("pets09-s2l1"));
                BgrImage enlarged = new BgrImage(width, width * clip.height() / clip.width());
                JpegEncoder encoder = new JpegEncoder(80)) {
            float scale = width / (float) clip.width();
            while (clip.advance()) {
                opencv_imgproc.resize(
                        clip.image().mat(), enlarged.mat(), enlarged.mat().size());
                detector.load(0, encoder.encode(enlarged), new FrameTimings());
                detector.run(1);
                detector.detections(0, found, new FrameTimings());
                Detections shrunk = new Detections();
                for (int i = 0; i < found.size(); i++) {
                    shrunk.add(
                            found.x1(i) / scale,
                            found.y1(i) / scale,
                            found.x2(i) / scale,
                            found.y2(i) / scale,
                            found.score(i),
                            found.classId(i));
                }
                append(rows, (int) clip.index() + 1, shrunk);
            }
        }
        return rows;
    }

    private static void append(List<MotRow> rows, int frame, Detections found) {
        for (int i = 0; i < found.size(); i++) {
            rows.add(new MotRow(
                    frame,
                    /* id= */ -1,
                    found.x1(i),
                    found.y1(i),
                    found.x2(i) - found.x1(i),
                    found.y2(i) - found.y1(i),
                    found.score(i),
                    found.classId(i)));
        }
    }

    /** Fails unless nearly every counted box of either side has its like on the other. */
    static void assertAgrees(List<MotRow> ours, int step) throws IOException {
        List<MotRow> reference = MotFormat.readDetections(
                        AssetCatalog.standard().locate("reference/pets09-s2l1.yolox-nano-416.person.det"))
                .stream()
                .filter(row -> (row.frame() - 1) % step == 0)
                .toList();
        assertThat(share(reference, ours)).as("of the reference, found by us").isGreaterThanOrEqualTo(MIN_AGREEMENT);
        assertThat(share(ours, reference)).as("of ours, in the reference").isGreaterThanOrEqualTo(MIN_AGREEMENT);
        // Below the counted score, too, neither side has boxes that the other lacks.
        assertThat(ours.size() / (double) reference.size()).isBetween(0.995, 1.005);
    }

    private static double share(List<MotRow> wanted, List<MotRow> among) {
        List<MotRow> counted =
                wanted.stream().filter(row -> row.confidence() >= COUNTED_SCORE).toList();
        assertThat(counted).hasSizeGreaterThan(100);
        long matched = counted.stream()
                .filter(row -> among.stream().anyMatch(other -> isSame(row, other)))
                .count();
        return matched / (double) counted.size();
    }

    private static boolean isSame(MotRow a, MotRow b) {
        return a.frame() == b.frame()
                && Math.abs(a.confidence() - b.confidence()) <= SAME_SCORE
                && iou(a, b) >= SAME_BOX_IOU;
    }

    private static double iou(MotRow a, MotRow b) {
        double width = Math.max(0, Math.min(a.right(), b.right()) - Math.max(a.x(), b.x()));
        double height = Math.max(0, Math.min(a.bottom(), b.bottom()) - Math.max(a.y(), b.y()));
        double intersection = width * height;
        return intersection / (a.width() * a.height() + b.width() * b.height() - intersection);
    }
}
