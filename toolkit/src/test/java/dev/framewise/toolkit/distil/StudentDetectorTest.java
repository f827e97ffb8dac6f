package dev.framewise.toolkit.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.fold.Rewrites;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.image.BgrImage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudentDetectorTest {
    @TempDir
    private Path folder;

    /** A student whose heads say the same in every cell: offset 0.5, a box of 3 by 5 cells, a score of 0.9. */
    private static ModelProto constant() {
        Graph graph = Graph.of(StudentDetector.untrained(/* seed= */ 1));
        head(graph, StudentDetector.CENTRE, 0.5f, 0.5f);
        head(graph, StudentDetector.SIZE, (float) Math.log(3), (float) Math.log(5));
        head(graph, StudentDetector.SCORE, (float) Math.log(9));
        return graph.toModel();
    }

    private static void head(Graph graph, String output, float... biases) {
        Node head =
                graph.producer(graph.producer(output).orElseThrow().input(0)).orElseThrow();
        int weights = graph.floats(head.input(1)).orElseThrow().length;
        long[] shape = {biases.length, weights / biases.length, 1, 1};
        graph.put(Tensors.floats(head.input(1), shape, new float[weights]));
        graph.put(Tensors.floats(head.input(2), new long[] {biases.length}, biases));
    }

    @Test
    void theDetectorReadsItsBoxesInPixelsOfTheFrame() throws Exception {
        Path file = folder.resolve("student.onnx");
        Graph graph = Graph.of(StudentDetector.deployed(constant(), 416, 320, "person"));
        Rewrites.fold(graph);
        ModelStore.write(file, graph.toModel());

        // NMS off: neighbouring cells overlap
        DetectorOptions options = DetectorOptions.builder()
                .scoreThreshold(0.5f)
                .nmsThreshold(1)
                .maxDetections(52 * 40)
                .build();
        try (Detector detector = Detector.open(file, options);
                BgrImage frame = new BgrImage(832, 640)) {
            FrameTimings timings = new FrameTimings();
            Detections found = new Detections();
            detector.load(0, frame, timings);
            detector.run(1);
            detector.detections(0, found, timings);

            assertThat(detector.info().head()).isEqualTo("yolov8");
            assertThat(detector.info().classNames()).containsExactly("person");
            assertThat(found.size()).isEqualTo(52 * 40);
            double leftmost = Double.MAX_VALUE;
            double lowest = 0;
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.score(i)).isCloseTo(0.9f, within(1e-5f));
                assertThat(found.x2(i) - found.x1(i)).isCloseTo(2 * 3 * 8, within(1e-2f));
                assertThat(found.y2(i) - found.y1(i)).isCloseTo(2 * 5 * 8, within(1e-2f));
                leftmost = Math.min(leftmost, (found.x1(i) + found.x2(i)) / 2);
                lowest = Math.max(lowest, (found.y1(i) + found.y2(i)) / 2);
            }
            assertThat(leftmost).isCloseTo(2 * 4, within(1e-2));
            assertThat(lowest).isCloseTo(640 - 2 * 4, within(1e-2));
        }
        assertThat(Files.size(file)).isLessThanOrEqualTo(600_000);
    }

    @Test
    void theSameSeedGivesTheSameStudentAndAnotherOneAnother() {
        assertThat(StudentDetector.untrained(4)).isEqualTo(StudentDetector.untrained(4));
        assertThat(StudentDetector.untrained(4)).isNotEqualTo(StudentDetector.untrained(5));
    }
}
