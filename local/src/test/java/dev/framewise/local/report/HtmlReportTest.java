package dev.framewise.local.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

final class HtmlReportTest {
    @Test
    void isWholeByItselfAndEscapesNames() throws IOException {
        String page = HtmlReport.of(TestingReports.balanced());
        Files.writeString(Path.of("target", "demo-example.html"), page);

        assertThat(page)
                .contains("data:image/jpeg;base64,")
                .contains("gate &lt;north&gt;")
                .doesNotContain("<north>");
        assertThat(page)
                .doesNotContainPattern("(src|href)=\"(?!data:)")
                .doesNotContain("url(")
                .doesNotContain("NaN");
        assertThat(page).contains(">balanced<");
    }

    @Test
    void saysWhichCameraMissesWhat() throws IOException {
        assertThat(HtmlReport.of(TestingReports.short3()))
                .contains(">short<")
                .contains("camera gate &lt;north&gt; captured 903 frames");
    }

    @Test
    void aRunWithoutAnyResultStillHasAPage() throws IOException {
        assertThat(HtmlReport.of(TestingReports.empty())).contains("dark").doesNotContain("NaN");
    }

    @Test
    void chartsAndPicturesAreWellFormed() throws IOException {
        CameraReport gate = TestingReports.balanced().cameras().get(1);
        AnnotatedPicture picture = gate.picture().orElseThrow();
        LineChart chart = new LineChart("a & b", "ms", OptionalDouble.empty(), List.of(20.0), List.of(gate.latency()));

        assertThat(picture.caption()).isEqualTo("gate <north>, frame 417, 3 tracks");
        assertWellFormed(picture.svg());
        assertWellFormed(chart.svg());
        assertThat(chart.svg()).contains("class=\"limit\"").contains("34.8 ms");
    }

    @Test
    void nothingMeasuredForAWhileLeavesAGapInTheLine() {
        Series series =
                new Series("a", List.of(new Series.Point(0, 1), new Series.Point(1, 2), new Series.Point(9, 3)));
        String svg = new LineChart("t", "ms", OptionalDouble.empty(), List.of(), List.of(series)).svg();

        String path = svg.replaceAll("(?s).*<path class=\"line c1\" d=\"([^\"]*)\".*", "$1");
        assertThat(path).matches("M[\\d. ]+L[\\d. ]+M[\\d. ]+");
    }

    private static void assertWellFormed(String svg) {
        assertThatCode(() -> DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg))))
                .doesNotThrowAnyException();
    }
}
