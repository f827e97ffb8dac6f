package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The four small filters against the published one: eight states, full matrices. */
class KalmanBoxFilterTest {
    @Property(tries = 200)
    void givesTheNumbersOfTheFullFilter(@ForAll long seed) {
        Random random = new Random(seed);
        double height = 40 + 60 * random.nextDouble();
        double[] state = new double[KalmanBoxFilter.SIZE];
        KalmanBoxFilter.start(state, 100, 100, 100 + height / 2, 100 + height);
        FullFilter full = new FullFilter(new double[] {100 + height / 4, 100 + height / 2, 0.5, height});
        for (int step = 0; step < 40; step++) {
            KalmanBoxFilter.predict(state);
            full.predict();
            if (random.nextInt(3) > 0) {
                double x1 = 100 + 3 * step + random.nextGaussian();
                double y1 = 100 - step + random.nextGaussian();
                double width = height / 2 + random.nextGaussian();
                double tall = height + random.nextGaussian();
                KalmanBoxFilter.correct(state, x1, y1, x1 + width, y1 + tall);
                full.correct(new double[] {x1 + width / 2, y1 + tall / 2, width / tall, tall});
            }
            for (int i = 0; i < 4; i++) {
                assertThat(state[i]).isCloseTo(full.mean[i], within(1e-8));
                assertThat(state[KalmanBoxFilter.VELOCITY + i]).isCloseTo(full.mean[4 + i], within(1e-8));
                assertThat(state[KalmanBoxFilter.VARIANCE + i]).isCloseTo(full.covariance[i][i], within(1e-8));
                assertThat(state[KalmanBoxFilter.COVARIANCE + i]).isCloseTo(full.covariance[i][4 + i], within(1e-8));
                assertThat(state[KalmanBoxFilter.VELOCITY_VARIANCE + i])
                        .isCloseTo(full.covariance[4 + i][4 + i], within(1e-8));
            }
        }
    }

    @Example
    void theBoxOfANewStateIsItsDetection() {
        double[] state = new double[KalmanBoxFilter.SIZE];
        double[] box = new double[4];
        KalmanBoxFilter.start(state, 10, 20, 50, 100);
        KalmanBoxFilter.boxXyxy(state, box, /* at= */ 0);
        assertThat(box).containsExactly(10, 20, 50, 100);
    }

    /** The textbook: x = Fx, P = FPF' + Q, K = PH'(HPH' + R)^-1, with numbers straight from the paper's code. */
    private static final class FullFilter {
        final double[] mean = new double[8];
        double[][] covariance = new double[8][8];

        FullFilter(double[] box) {
            double h = box[3];
            System.arraycopy(box, 0, mean, 0, 4);
            double[] deviation = {h / 10, h / 10, 1e-2, h / 10, h / 16, h / 16, 1e-5, h / 16};
            for (int i = 0; i < 8; i++) {
                covariance[i][i] = deviation[i] * deviation[i];
            }
        }

        void predict() {
            double h = mean[3];
            double[][] transition = new double[8][8];
            for (int i = 0; i < 8; i++) {
                transition[i][i] = 1;
                if (i < 4) {
                    transition[i][i + 4] = 1;
                }
            }
            double[] moved = new double[8];
            for (int i = 0; i < 8; i++) {
                for (int j = 0; j < 8; j++) {
                    moved[i] += transition[i][j] * mean[j];
                }
            }
            System.arraycopy(moved, 0, mean, 0, 8);
            covariance = multiply(multiply(transition, covariance), transpose(transition));
            double[] deviation = {h / 20, h / 20, 1e-2, h / 20, h / 160, h / 160, 1e-5, h / 160};
            for (int i = 0; i < 8; i++) {
                covariance[i][i] += deviation[i] * deviation[i];
            }
        }

        /** One measured quantity after the other, which is the same as all at once since their noise is independent. */
        void correct(double[] measured) {
            double h = mean[3];
            double[] deviation = {h / 20, h / 20, 1e-1, h / 20};
            for (int k = 0; k < 4; k++) {
                double total = covariance[k][k] + deviation[k] * deviation[k];
                double innovation = measured[k] - mean[k];
                double[][] before = covariance;
                covariance = new double[8][8];
                for (int i = 0; i < 8; i++) {
                    mean[i] += before[i][k] / total * innovation;
                    for (int j = 0; j < 8; j++) {
                        covariance[i][j] = before[i][j] - before[i][k] * before[k][j] / total;
                    }
                }
            }
        }

        private static double[][] multiply(double[][] a, double[][] b) {
            double[][] product = new double[8][8];
            for (int i = 0; i < 8; i++) {
                for (int j = 0; j < 8; j++) {
                    for (int k = 0; k < 8; k++) {
                        product[i][j] += a[i][k] * b[k][j];
                    }
                }
            }
            return product;
        }

        private static double[][] transpose(double[][] a) {
            double[][] transposed = new double[8][8];
            for (int i = 0; i < 8; i++) {
                for (int j = 0; j < 8; j++) {
                    transposed[j][i] = a[i][j];
                }
            }
            return transposed;
        }
    }
}
