package dev.framewise.local.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class TextReportTest {
    @Test
    void everyCapturedFrameIsInOneColumn() throws IOException {
        String text = TextReport.of(TestingReports.balanced());

        assertThat(text.lines())
                .contains(
                        "camera        captured  inferred  coasted  throttled  other   fps  p50 ms  p95 ms  p99 ms  tracks",
                        "square             900       300      600          0      0  10.0    50.0    95.0    99.0      21",
                        "gate <north>       900       500        0        398      2  10.0    50.0    95.0    99.0      21")
                .contains("board-b     80.3          14         48 %   1.23  estimated");
    }

    @Test
    void whatDoesNotExistIsADash() {
        assertThat(TextReport.of(TestingReports.empty()).lines())
                .contains("dark           0         0        0          0      0    –       –       –       –       0");
    }

    @Test
    void anImbalanceNamesTheCameraAndWhatItMisses() throws IOException {
        assertThat(TestingReports.balanced().imbalances()).isEmpty();
        assertThat(TestingReports.short3().imbalances())
                .containsExactly("camera gate <north> captured 903 frames, but its fates add up to 900: 3 have none");
    }

    @Test
    void aRowOfTheWrongLengthIsRefused() {
        assertThatThrownBy(() -> new TextTable("a", "b").row("1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells in a table of 2 columns");
    }
}
