package dev.framewise.toolkit.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.picture.Pictures;
import dev.framewise.toolkit.python.CommandRunner;
import dev.framewise.toolkit.python.EnvironmentException;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.image.BgrImage;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our own detector through the real converters, installed from PyPI into private environments under this module's target, and run back
 * by the real runtimes. Where there is no Python, or PyPI cannot be reached, it says so and is skipped.
 */
class ExportIT {
    private static final String MODEL = "framewise-person-416";
    private static final int PICTURES = 10;
    /** Frames between two pictures. */
    private static final int APART = 20;

    @TempDir
    private Path folder;

    private PictureSupply pictures;

    @BeforeEach
    void takePictures() throws Exception {
        Path taken = Files.createDirectory(folder.resolve("pictures"));
        try (Pictures clip =
                PictureSupply.of(AssetCatalog.standard().locate("pets09-s2l1")).open()) {
            while (clip.advance() && clip.number() <= PICTURES * APART) {
                if (clip.number() % APART == 0) {
                    write(clip.image(), taken.resolve(String.format("%04d.png", clip.number())));
                }
            }
        }
        pictures = PictureSupply.of(taken);
        assertThat(pictures.count()).isEqualTo(PICTURES);
    }

    @Test
    void ncnnSeesWhatTheModelSees() throws Exception {
        ExportOutcome outcome = export(ExportTarget.NCNN);
        assertThat(outcome.isAccepted()).as(outcome.reasons().toString()).isTrue();
        assertThat(outcome.files()).containsOnlyKeys(".param", ".bin");
        assertThat(outcome.precision()).isEqualTo("fp16");
        assertThat(outcome.bytes()).isLessThan(outcome.parentBytes() * 6 / 10);
        assertThat(outcome.agreement().sight().orElseThrow().after().agreement())
                .isGreaterThan(0.97);
        assertThat(outcome.agreement().maxDifference()).isPositive();
    }

    @Test
    void tensorFlowLiteInEightBitsSeesWhatTheModelSees() throws Exception {
        ExportOutcome outcome = export(ExportTarget.TFLITE);
        assertThat(outcome.isAccepted()).as(outcome.reasons().toString()).isTrue();
        assertThat(outcome.files()).containsOnlyKeys(".tflite");
        assertThat(outcome.precision()).isEqualTo("int8");
        assertThat(outcome.bytes()).isLessThan(outcome.parentBytes() * 6 / 10);
        assertThat(outcome.overlapping()).isTrue();
        assertThat(outcome.agreement().sight().orElseThrow().after().agreement())
                .isGreaterThanOrEqualTo(0.97);
        Path out = folder.resolve("own.tflite");
        ExportFiles.writeReport(out, outcome);
        ExportFiles.writeModel(out, outcome);
        assertThat(out).hasBinaryContent(outcome.files().get(".tflite"));
        assertThat(ExportFiles.report(out, ".md"))
                .content()
                .contains("Accepted.")
                .contains("the figures flatter");
    }

    private ExportOutcome export(ExportTarget target) throws Exception {
        ExportRequest asked = new ExportRequest(
                target,
                AssetCatalog.standard().locate(MODEL),
                folder.resolve("own" + target.ending()),
                /* width= */ 416,
                /* height= */ 320,
                DetectorOptions.defaults(),
                Optional.of(pictures),
                Optional.empty(),
                /* calibration= */ PICTURES,
                /* budget= */ 0.01);
        Path environments = Path.of("target", "python").toAbsolutePath();
        Progress progress = new Progress(new PrintWriter(System.err, /* autoFlush= */ true, StandardCharsets.UTF_8));
        try {
            return new Exporter(CommandRunner.processes(), environments, progress, System::nanoTime).export(asked);
        } catch (EnvironmentException e) {
            System.err.println("ExportIT is skipped: " + e.getMessage());
            Assumptions.abort(e.getMessage());
            throw e;
        }
    }

    private static void write(BgrImage image, Path file) throws Exception {
        BufferedImage copy = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                int at = 3 * (y * image.width() + x);
                int blue = image.buffer().get(at) & 0xff;
                int green = image.buffer().get(at + 1) & 0xff;
                int red = image.buffer().get(at + 2) & 0xff;
                copy.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        ImageIO.write(copy, "png", file.toFile());
    }
}
