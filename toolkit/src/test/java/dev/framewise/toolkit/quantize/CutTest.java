package dev.framewise.toolkit.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutTest {
    private static final int UNITS = 9;

    /** All 512 divisions, one after the other. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noOtherDivisionIsCheaper(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] own = new double[UNITS][2];
        double[][] border = new double[UNITS][UNITS];
        Cut cut = new Cut(UNITS);
        for (int unit = 0; unit < UNITS; unit++) {
            own[unit][0] = random.nextDouble(10);
            own[unit][1] = random.nextDouble(10);
            cut.unit(unit, own[unit][0], own[unit][1]);
        }
        for (int i = 0; i < 14; i++) {
            int a = random.nextInt(UNITS);
            int b = (a + 1 + random.nextInt(UNITS - 1)) % UNITS;
            double costs = random.nextDouble(6);
            border[a][b] += costs;
            cut.neighbours(a, b, costs);
        }
        double least = Double.POSITIVE_INFINITY;
        for (long division = 0; division < 1 << UNITS; division++) {
            least = Math.min(least, price(BitSet.valueOf(new long[] {division}), own, border));
        }
        assertThat(price(cut.int8(), own, border)).isCloseTo(least, within(1e-6));
    }

    private static double price(BitSet int8, double[][] own, double[][] border) {
        double price = 0;
        for (int a = 0; a < UNITS; a++) {
            price += own[a][int8.get(a) ? 1 : 0];
            for (int b = 0; b < UNITS; b++) {
                price += int8.get(a) == int8.get(b) ? 0 : border[a][b];
            }
        }
        return price;
    }
}
