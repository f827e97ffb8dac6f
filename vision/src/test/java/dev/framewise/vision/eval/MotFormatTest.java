package dev.framewise.vision.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.vision.detect.Detections;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MotFormatTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = folder.resolve("tracks.txt");
        List<MotRow> rows = List.of(
                new MotRow(1, 7, 1.5, -2.25, 30.125, 60, /* confidence= */ 0.5, /* classId= */ 0),
                new MotRow(2, 7, 2.5, -2.25, 30.125, 60, /* confidence= */ 1, /* classId= */ 0));
        MotFormat.writeTracks(file, rows);
        assertThat(MotFormat.readTracks(file)).isEqualTo(rows);
    }

    @Test
    void detectionsKeepTheirClass() throws IOException {
        Path file = folder.resolve("det.txt");
        MotRow row = new MotRow(3, -1, 1.5, 2, 30, 60, /* confidence= */ 0.25, /* classId= */ 5);
        MotFormat.writeDetections(file, List.of(row));
        assertThat(Files.readString(file)).isEqualTo("3,-1,1.500,2.000,30.000,60.000,0.25000,5\n");
        assertThat(MotFormat.readDetections(file)).containsExactly(row);
    }

    @Test
    void detectionsAreGroupedByFrameAndFilteredByScore() {
        NavigableMap<Integer, Detections> frames = MotFormat.byFrame(
                List.of(
                        TestingRows.row(2, -1, 5, 0.9),
                        TestingRows.row(2, -1, 9, 0.05),
                        TestingRows.row(1, -1, 7, 0.1)),
                /* minScore= */ 0.1);
        assertThat(frames.keySet()).containsExactly(1, 2);
        assertThat(frames.get(2).size()).isEqualTo(1);
        assertThat(frames.get(2).x2(0)).isEqualTo(15f);
    }

    @Test
    void missingScoreEmptyLinesAndWindowsLineEndsAreFine() throws IOException {
        List<MotRow> rows = read("1,-1,0,0,5,5\r\n\n1.0, 2 ,0,0,5,5,0.5,-1,-1,-1\r\n");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).confidence()).isEqualTo(1);
        assertThat(rows.get(1).id()).isEqualTo(2);
    }

    /** The eighth column of an annotation is a place in the world, not a class. */
    @Test
    void annotationsHaveNoClass() throws IOException {
        assertThat(read("1,9,499,158,31.03,75.17,1,-4.1554,-7.3591,0").get(0).classId())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,2,3,4,5 | 5 columns instead of at least 6",
                "x,2,3,4,5,6 | frame \"x\" is not a number",
                "0,2,3,4,5,6 | frame 0 is below 1",
                "1.5,2,3,4,5,6 | frame 1.5 is not an integer",
                "1,2,3,4,0,6 | the box has no size",
                "1,2,3,4,5,-6 | the box has no size",
                "1,2,NaN,4,5,6 | x NaN is not finite",
                "1,99999999999,3,4,5,6 | id 99999999999 is not an integer",
            })
    void aBadLineIsNamedWithItsPlace(String line, String problem) {
        assertThatThrownBy(() -> read("1,1,0,0,5,5\n" + line))
                .isInstanceOf(MotFormatException.class)
                .hasMessageStartingWith("some.txt:2: ")
                .hasMessageContaining("\"" + line + "\"")
                .hasMessageContaining(problem);
    }

    @Test
    void aSequenceSaysHowLongItIs() throws IOException {
        Path file = folder.resolve("seqinfo.ini");
        Files.writeString(
                file,
                "[Sequence]\nname=TUD-Campus\nimDir=img1\nframeRate=25\nseqLength=71\nimWidth=640\nimHeight = 480\n");
        assertThat(SequenceInfo.read(file)).isEqualTo(new SequenceInfo("TUD-Campus", 71, 25, 640, 480));
        Files.writeString(file, "[Sequence]\nname=TUD-Campus\nseqLength=many\n");
        assertThatThrownBy(() -> SequenceInfo.read(file))
                .isInstanceOf(MotFormatException.class)
                .hasMessageContaining("seqLength=many is not a number");
        Files.writeString(file, "[Sequence]\nname=TUD-Campus\n");
        assertThatThrownBy(() -> SequenceInfo.read(file)).hasMessageContaining("seqLength=null");
    }

    private static List<MotRow> read(String text) throws IOException {
        return MotFormat.readTracks(new StringReader(text), "some.txt");
    }
}
