package dev.framewise.operators.inference;

import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.image.BgrImage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A detector with noise in every slot: a network may be faster on memory that holds nothing, and slower on what lies in it. */
final class DetectorTrial implements ModelTuner.Trial {
    private static final int SIDE = 64;

    private final Detector detector;

    private DetectorTrial(Detector detector) {
        this.detector = detector;
    }

    static DetectorTrial open(Path model, DetectorOptions options) throws ModelException {
        Detector detector = Detector.open(model, options);
        try (BgrImage noise = new BgrImage(SIDE, SIDE)) {
            SplittableRandom random = new SplittableRandom(/* seed= */ 3);
            ByteBuffer pixels = noise.buffer();
            for (int i = 0; i < pixels.capacity(); i++) {
                pixels.put(i, (byte) random.nextInt());
            }
            FrameTimings timings = new FrameTimings();
            for (int slot = 0; slot < detector.slots(); slot++) {
                detector.load(slot, noise, timings);
            }
        }
        return new DetectorTrial(detector);
    }

    @Override
    public int fixedBatch() {
        return detector.info().fixedBatch();
    }

    @Override
    public void run(int frames) {
        detector.run(frames);
    }

    @Override
    public void close() {
        detector.close();
    }
}
