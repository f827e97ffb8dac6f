package dev.framewise.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.TestingFrames;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.JpegEncoder;
import dev.framewise.vision.provider.CpuOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured at the start, and so may come out otherwise at the next start, must not show in the rows. */
class SameBitsIT {
    private static final int FRAMES = 40;
    private static final float LOW = 0.01f;

    @Test
    void oneThreadAndTwoGiveTheSameBits() throws Exception {
        int boxes = 0;
        try (ClipReader clip = ClipReader.open(AssetCatalog.standard().locate("pets09-s2l1"));
                JpegEncoder encoder = new JpegEncoder(/* quality= */ 90);
                BatchSession one = open(/* threads= */ 1);
                BatchSession two = open(/* threads= */ 2)) {
            for (int i = 0; i < FRAMES && clip.advance(); i++) {
                byte[] jpeg = encoder.encode(clip.image());
                FrameTask by1 = see(one, jpeg);
                FrameTask by2 = see(two, jpeg);
                assertThat(by2.boxesXyxy).isEqualTo(by1.boxesXyxy);
                assertThat(by2.scores).isEqualTo(by1.scores);
                assertThat(by2.classIds).isEqualTo(by1.classIds);
                boxes += by1.scores.length;
            }
        }
        assertThat(boxes).isGreaterThan(10 * FRAMES);
    }

    private static BatchSession open(int threads) throws Exception {
        Tuning tuning = new Tuning(/* maxBatch= */ 1, threads, Tuning.Aim.THROUGHPUT, Duration.ZERO);
        return new DetectorFactory(
                        "yolox-nano-416", tuning, List.of(new CpuOptions()), /* strict= */ true, LOW, List.of())
                .open();
    }

    private static FrameTask see(BatchSession session, byte[] jpeg) throws Exception {
        FrameTask task = TestingFrames.task(TestingFrames.sent("door", /* sequence= */ 0));
        task.record.payload = jpeg;
        session.load(/* slot= */ 0, task);
        session.run(/* count= */ 1);
        session.finish(/* slot= */ 0, task);
        return task;
    }
}
