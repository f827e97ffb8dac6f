package dev.framewise.toolkit.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way with the real teacher, for two steps: too few to learn anything, enough to go through every part. */
class DetectorDistillationIT {
    private final AssetCatalog catalog = AssetCatalog.standard();
    private final List<String> lines = new ArrayList<>();

    @TempDir
    private Path folder;

    private DetectorPlan plan(String className) {
        return new DetectorPlan(
                catalog.locate("yolox-nano-416"),
                "yolox-nano-416",
                className,
                List.of(new ClipFrames("pets", catalog.locate("pets09-s2l1"), 1, 400, /* limit= */ 12)),
                /* images= */ 2 * DetectorPlan.BATCH,
                /* seed= */ 1,
                folder);
    }

    @Test
    void framesBecomeAModelThatADetectorReadsAndACardThatSaysWhatItIs() throws Exception {
        DetectorTest test = new DetectorTest(
                "pets:401-412", catalog.locate("pets09-s2l1"), 401, 412, catalog.locate("mot15/PETS09-S2L1/gt"));

        DetectorDistillation.Result result = new DetectorDistillation(plan("person"), lines::add)
                .run(Optional.of(test))
                .orElseThrow();

        assertThat(lines.get(0)).startsWith("pets: 12 frames, ").contains("dropped as background");
        assertThat(result.card())
                .contains("learned from | yolox-nano-416")
                .contains("- pets: 12 frames")
                .contains("On pets:401-412")
                .containsPattern("teacher \\| 0\\.[89]");
        assertThat(Files.readString(folder.resolve("card.md"))).isEqualTo(result.card());
        assertThat(folder).isDirectoryContaining("glob:**/curves.svg").isDirectoryContaining("glob:**/checkpoint.bin");
        try (Detector detector = Detector.open(result.model(), DetectorOptions.defaults())) {
            assertThat(detector.info().classNames()).containsExactly("person");
            assertThat(detector.info().fixedBatch()).isZero();
        }
    }

    @Test
    void aClassThatTheTeacherDoesNotKnowIsRefusedBeforeAnythingIsTrained() {
        assertThatThrownBy(() -> new DetectorDistillation(plan("unicorn"), lines::add).run(Optional.empty()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("unicorn")
                .hasMessageContaining("person");
        assertThat(folder).isEmptyDirectory();
    }
}
