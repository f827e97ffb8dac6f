package dev.framewise.toolkit.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.toolkit.gate.GateRow.Figures;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final GateBudget BUDGET = new GateBudget(0.01, 0.02, 0.02, 1);
    private static final Figures BASELINE = new Figures(0.90, 0.40, 0.55, 14);

    @Test
    void whatKeepsWithinEveryBudgetPasses() {
        assertThat(reasons(new Figures(0.895, 0.385, 0.535, 13.9))).isEmpty();
        assertThat(reasons(new Figures(0.95, 0.45, 0.60, 10))).isEmpty();
    }

    @Test
    void eachFigureAloneIsAReason() {
        assertThat(reasons(new Figures(0.88, 0.40, 0.55, 13)))
                .singleElement()
                .asString()
                .contains("0.0200 of AP50 (");
        assertThat(reasons(new Figures(0.90, 0.37, 0.55, 13)))
                .singleElement()
                .asString()
                .contains("of AP50-95 (");
        assertThat(reasons(new Figures(0.90, 0.40, 0.50, 13)))
                .singleElement()
                .asString()
                .contains("of HOTA (");
        assertThat(reasons(new Figures(0.90, 0.40, 0.55, 15)))
                .singleElement()
                .asString()
                .contains("15.000 CPU ms");
        assertThat(reasons(new Figures(0, 0, 0, 30))).hasSize(4);
    }

    @Test
    void whatIsNoNumberDoesNotPass() {
        assertThat(reasons(new Figures(Double.NaN, 0.40, 0.55, Double.NaN))).hasSize(2);
    }

    @Test
    void budgetsOutOfRangeAreToldTogether() {
        assertThatThrownBy(() -> new GateBudget(-1, 2, 0, 0))
                .hasMessageContaining("AP50 is -1.0")
                .hasMessageContaining("AP50-95 is 2.0")
                .hasMessageContaining("latency is 0.0");
    }

    private static List<String> reasons(Figures candidate) {
        return Gate.reasons(List.of(new GateRow("clip", 100, BASELINE, candidate)), BUDGET);
    }
}
