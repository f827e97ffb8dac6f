package dev.framewise.vision.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Releases that cannot be had, come too slowly or fail once they are live: cameras are seen all the same. */
class ModelLifeFaultsTest extends TestingModelLife {
    @Test
    void aCorruptFileIsReportedAndTheOldOneStays() throws Exception {
        Path corrupt = Files.write(directory.resolve("corrupt.onnx"), new byte[500]);
        Release release = offer("2", corrupt);
        life.follow(release);
        background.runAll();
        Evidence report = life.report().orElseThrow();
        assertThat(report.problem).isEqualTo("BAD_MODEL");
        assertThat(report.reason).contains("model.onnx");
        assertThat(report.loaded).isFalse();
        promote(release, 1);
        life.barrier();
        assertThat(live()).isEqualTo("base");
    }

    /** Its address gave a byte a minute: the next release must not wait for it. */
    @Test
    void whatIsBeingOpenedIsBrokenOffWhenAnotherVersionIsOffered() throws Exception {
        Release slow = offer("2", same);
        Release next = offer("3", same);
        slowVersion = "2";
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            life.close();
            life = restored(Standings.START, thread);
            life.follow(slow);
            assertThat(opening.await(1, TimeUnit.MINUTES))
                    .as("version 2 is being opened")
                    .isTrue();
            life.follow(next);
            assertThat(isLoadedBy(thread)).as("version 3").isTrue();
            slowVersion = "none";
            life.follow(slow);
            assertThat(isLoadedBy(thread)).as("offered again").isTrue();
        } finally {
            thread.shutdownNow();
            assertThat(thread.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    /** It had been broken off, and nobody had looked since. */
    @Test
    void whatIsOfferedAgainBeforeItIsSeenToBeBrokenOffIsOpenedAfterAll() throws Exception {
        Release release = offer("2", same);
        life.follow(release);
        life.follow(offer("3", same));
        background.runAll();
        life.follow(release);
        assertThat(life.report().orElseThrow().loaded).isFalse();
        background.runAll();
        assertThat(life.report().orElseThrow().loaded).isTrue();
    }

    /** Whether the pending version is there when all that was ordered so far has been done. */
    private boolean isLoadedBy(ExecutorService thread) throws Exception {
        thread.submit(() -> {}).get(1, TimeUnit.MINUTES);
        Evidence report = life.report().orElseThrow();
        assertThat(report.problem).isNull();
        return report.loaded;
    }

    @Test
    void aReleaseThatIsGoneAfterARestoreIsReportedAndTheOldOneSees() throws Exception {
        Release release = offer("2", same);
        life.follow(release);
        background.runAll();
        promote(release, 1);
        life.barrier();
        Standings standings = life.standings();
        close();
        Files.delete(same);
        Files.delete(cache().resolve(release.version().file().sha256()).resolve("model.onnx"));
        life = restored(standings);
        assertThat(live()).isEqualTo("base");
        assertThat(life.report().orElseThrow().problem).isEqualTo("NOT_FETCHED");
    }

    @Test
    void framesOnWhichALiveReleaseFailsAreSeenByTheOldOne() throws Exception {
        Release release = offer("2", same);
        life.follow(release);
        background.runAll();
        promote(release, 1);
        life.barrier();
        Loaded failed = life.live("a");
        Loaded instead =
                life.insteadOf(failed, new IllegalStateException("for a test")).orElseThrow();
        assertThat(instead.label()).isEqualTo("base");
        assertThat(life.report().orElseThrow().errors).isEqualTo(1);
        assertThat(life.insteadOf(instead, new IllegalStateException("for a test")))
                .as("the old one failing is no release's fault")
                .isEmpty();
    }
}
