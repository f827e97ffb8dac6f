package dev.framewise.vision.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.model.RefusedReleaseException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What becomes of orders that nobody wants any more. Nothing is really opened: what is begun is refused in the end. */
class ModelPoolTest {
    private final TestingExecutor background = new TestingExecutor();
    private final List<String> begun = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final ModelPool pool = new ModelPool(this::open, background);
    private final ModelVersion second = TestingReleases.offered("2").version();
    private final ModelVersion third = TestingReleases.offered("3").version();
    private Runnable meanwhile = () -> {};

    ModelPoolTest() throws RefusedReleaseException {}

    @Test
    void whatNobodyWantsAnyMoreWhenItsTurnComesIsNotBegun() {
        pool.want(List.of(second.label()));
        order(second);
        pool.want(List.of(third.label()));
        order(third);
        background.runAll();

        assertThat(begun).containsExactly(third.label());
        assertThat(collect()).as("something was broken off").isTrue();
        assertThat(refused).containsExactly(third.label());
        assertThat(pool.ordered()).as("what is not to be ordered again").isEmpty();
    }

    @Test
    void theInterruptionThatBreaksOneOffIsGoneWhenTheNextIsBegun() {
        pool.want(List.of(second.label(), third.label()));
        order(second);
        order(third);
        meanwhile = () -> pool.want(List.of(third.label()));
        background.runAll();

        assertThat(Thread.interrupted()).as("an interruption is left").isFalse();
        assertThat(begun).containsExactly(second.label(), third.label());
        assertThat(collect()).as("something was broken off").isTrue();
        assertThat(refused).containsExactly(third.label());
    }

    private void order(ModelVersion version) {
        pool.order(version.label(), Optional.of(version));
    }

    private boolean collect() {
        return pool.collect((label, refusal) -> refused.add(label));
    }

    /** Blocks where its thread is interrupted, as a transfer does, and so ends at once. */
    private Detector open(Optional<ModelVersion> version) throws RefusedReleaseException, InterruptedException {
        begun.add(version.orElseThrow().label());
        meanwhile.run();
        if (Thread.currentThread().isInterrupted()) {
            new CountDownLatch(1).await();
        }
        throw new RefusedReleaseException(Problem.NOT_FETCHED, "for a test");
    }
}
