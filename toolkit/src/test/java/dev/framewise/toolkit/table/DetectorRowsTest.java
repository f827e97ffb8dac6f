package dev.framewise.toolkit.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.quantize.Labels;
import dev.framewise.toolkit.quantize.TestingDetector;
import dev.framewise.toolkit.quantize.TestingPictures;
import dev.framewise.vision.detect.DetectorOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorRowsTest {
    private static final int PICTURES = 40;

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    void aRowIsMeasuredOnceAndKept() throws Exception {
        Path model = folder.resolve("model.onnx");
        ModelStore.write(model, TestingDetector.fast());
        Path truth = Files.writeString(folder.resolve("gt.txt"), "40,1,10,10,20,20,1\n");
        DetectorData data = new DetectorData(
                "a detector",
                model,
                PictureSupply.of(TestingPictures.folder(folder.resolve("pictures"), PICTURES)),
                Labels.read(truth, /* classId= */ 0, PICTURES),
                DetectorOptions.builder().scoreThreshold(0.01f).build());
        Path out = folder.resolve("out");
        DetectorRows rows = new DetectorRows(out, data, new Progress(new PrintWriter(said, true)));

        TableRow row = rows.fp16();

        assertThat(row.promise()).isEqualTo(Promise.FP16);
        assertThat(row.network()).isEqualTo("a detector");
        assertThat(row.bytesBefore()).isEqualTo(Files.size(model));
        assertThat(row.bytesAfter()).isEqualTo(Files.size(out.resolve("detector-fp16.onnx")));
        assertThat(row.smaller()).isGreaterThan(1.8);
        assertThat(row.before()).isBetween(0.0, 1.0);
        assertThat(out.resolve("detector-fp16.report.md")).isRegularFile();

        said.getBuffer().setLength(0);
        Files.delete(model);
        assertThat(rows.fp16()).isEqualTo(row);
        assertThat(said.toString()).contains("detector in fp16: kept from before");
    }
}
