package dev.framewise.benchmarks.inference;

import dev.framewise.benchmarks.Rounds;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.image.ImageFormatException;
import java.nio.file.Path;
import java.util.List;

/** Our detector from JPEG to boxes, picture by picture, on one thread. */
final class DetectorRun implements AutoCloseable {
    static final String TOTAL = "inference.detector.cpuMillisPerImage";
    static final String SPEED = "inference.detector.imagesPerSecond";

    private final Detector detector;
    private final List<byte[]> jpegs;
    private final FrameTimings timings = new FrameTimings();
    private final Detections found = new Detections();

    DetectorRun(Path model, DetectorOptions options, List<byte[]> jpegs) throws ModelException {
        detector = Detector.open(model, options);
        this.jpegs = jpegs;
    }

    /** What runs the network. */
    String provider() {
        return detector.info().provider();
    }

    boolean takesAnyBatch() {
        return detector.info().fixedBatch() == 0;
    }

    static String stage(String name) {
        return "inference.detector." + name + ".cpuMillisPerImage";
    }

    /** Detects so many pictures and books the CPU time of each stage. */
    void round(int images, Rounds rounds) throws ImageFormatException {
        long decode = 0;
        long letterbox = 0;
        long network = 0;
        long postprocess = 0;
        long startNanos = System.nanoTime();
        for (int i = 0; i < images; i++) {
            detector.load(/* slot= */ 0, jpegs.get(i % jpegs.size()), timings);
            detector.run(/* count= */ 1);
            detector.detections(/* slot= */ 0, found, timings);
            decode += timings.decodeNanos();
            letterbox += timings.letterboxNanos();
            network += detector.lastRunCpuNanos();
            postprocess += timings.postprocessNanos();
        }
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        rounds.add(SPEED, images / seconds);
        rounds.add(TOTAL, (decode + letterbox + network + postprocess) / 1e6 / images);
        rounds.add(stage("decode"), decode / 1e6 / images);
        rounds.add(stage("letterbox"), letterbox / 1e6 / images);
        rounds.add(stage("network"), network / 1e6 / images);
        rounds.add(stage("postprocess"), postprocess / 1e6 / images);
    }

    @Override
    public void close() {
        detector.close();
    }
}
