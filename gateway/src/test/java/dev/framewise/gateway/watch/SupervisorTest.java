package dev.framewise.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.TestingClock;
import dev.framewise.gateway.outbox.EventLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    private final TestingClock time = new TestingClock();
    private final Parts parts = new Parts();
    private final Supervisor supervisor = new Supervisor(parts, new EventLog(time::micros));

    @TempDir
    Path directory;

    @Test
    void whatWorksIsLeftAlone() {
        run(Duration.ofHours(2));

        assertThat(parts.steps).isEmpty();
    }

    @Test
    void aSilentCameraIsOpenedAnewWithWaitsThatGrow() {
        parts.cameraSilent = Duration.ofMinutes(5);

        run(Duration.ofHours(1));

        assertThat(parts.steps).containsOnly("camera gate");
        // after 0, 1, 3, 7, 15 and 31 minutes
        assertThat(parts.steps).hasSize(6);
    }

    @Test
    void aSenderThatDoesNotGetThroughIsRestarted() {
        parts.senderSilent = Duration.ofMinutes(3);

        run(Duration.ofMinutes(2));

        assertThat(parts.steps).containsExactly("sender", "sender");
    }

    @Test
    void aCameraThatHangsAsOftenAsItMayEndsTheProcessOnceAnHour() {
        parts.cameraSilent = Duration.ofMinutes(5);
        parts.stuck = true;

        run(Duration.ofMinutes(59));

        assertThat(parts.steps).containsExactly("process");
    }

    @Test
    void anOutboxThatStandsStillEndsTheProcess() {
        parts.outboxSilent = Duration.ofMinutes(3);

        run(Duration.ofSeconds(5));

        assertThat(parts.steps).containsExactly("process");
    }

    @Test
    void aRowOfCrashesEndsInAGatewayThatOnlyTellsHowItIsAndTriesAgainAfterAnHour() {
        for (int start = 1; start <= CrashLoop.MAX_STARTS; start++) {
            assertThat(CrashLoop.begin(directory, time.getAsLong()).isDegraded())
                    .isFalse();
        }
        CrashLoop sixth = CrashLoop.begin(directory, time.getAsLong());
        assertThat(sixth.isDegraded()).isTrue();

        time.advance(CrashLoop.TRY_AGAIN.minusSeconds(1));
        assertThat(sixth.tick(time.getAsLong())).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(sixth.tick(time.getAsLong())).isTrue();
        assertThat(sixth.isDegraded()).isFalse();
        assertThat(sixth.tick(time.getAsLong())).as("once").isFalse();
        CrashLoop seventh = CrashLoop.begin(directory, time.getAsLong());
        assertThat(seventh.isDegraded())
                .as("the cameras took it down again: that hour proves nothing")
                .isTrue();
        time.advance(CrashLoop.TRY_AGAIN);
        assertThat(seventh.tick(time.getAsLong())).isTrue();
        time.advance(CrashLoop.WELL);
        seventh.tick(time.getAsLong());
        assertThat(CrashLoop.begin(directory, time.getAsLong()).starts()).isEqualTo(1);
    }

    @Test
    void aRunThatLastsOrEndsAsAskedIsNoCrash() {
        CrashLoop lasts = CrashLoop.begin(directory, time.getAsLong());
        time.advance(CrashLoop.WELL);
        lasts.tick(time.getAsLong());
        CrashLoop asked = CrashLoop.begin(directory, time.getAsLong());
        assertThat(asked.starts()).isEqualTo(1);
        asked.well();
        assertThat(CrashLoop.begin(directory, time.getAsLong()).starts()).isEqualTo(1);
    }

    private void run(Duration duration) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            supervisor.check(time.getAsLong());
            time.advance(Duration.ofSeconds(1));
        }
    }

    private static final class Parts implements Supervisor.Parts {
        private final List<String> steps = new ArrayList<>();
        private Duration cameraSilent = Duration.ZERO;
        private Duration senderSilent = Duration.ZERO;
        private Duration outboxSilent = Duration.ZERO;
        private boolean stuck;

        @Override
        public List<Supervisor.CameraHealth> cameras() {
            return List.of(new Supervisor.CameraHealth("gate", cameraSilent.toNanos(), stuck));
        }

        @Override
        public void restartCamera(String name, String why) {
            steps.add("camera " + name);
        }

        @Override
        public long senderSilentNanos() {
            return senderSilent.toNanos();
        }

        @Override
        public void restartSender(String why) {
            steps.add("sender");
        }

        @Override
        public long outboxSilentNanos() {
            return outboxSilent.toNanos();
        }

        @Override
        public void endProcess(String why) {
            steps.add("process");
        }
    }
}
