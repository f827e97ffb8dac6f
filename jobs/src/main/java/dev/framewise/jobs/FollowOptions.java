package dev.framewise.jobs;

import dev.framewise.operators.tracking.CadenceFactory;
import dev.framewise.operators.tracking.TrackerFactory;
import dev.framewise.vision.track.AdaptiveCadence;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import dev.framewise.vision.track.Cadence;
import dev.framewise.vision.track.FixedCadence;
import dev.framewise.vision.track.LookBudget;
import dev.framewise.vision.track.PixelUse;
import dev.framewise.vision.track.SkipTracker;
import dev.framewise.vision.track.SkipTrackerOptions;
import dev.framewise.vision.track.Tracker;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Options of the {@link PerceptionJob} that say when the detector looks and how objects are followed. Not thread-safe. */
final class FollowOptions {
    /** Which tracker follows. */
    enum Kind {
        /** The tracker for skipped frames: colour and pixel motion where there are pictures. */
        OURS,
        /** The textbook's, by boxes alone. */
        BYTETRACK
    }

    private final PerceptionOptions owner;
    private static final String ADAPTIVE = "adaptive";
    private static final String CSRT = "csrt";

    private int interval = 1;
    private boolean adaptive;
    private double budget = 1 / 3.0;
    private double callsPerSecond;
    private boolean directives;
    private int phase;
    private Kind kind = Kind.OURS;
    private boolean pixels = true;
    private boolean csrt;
    private double frameRate = 30;
    private int delay;

    /** @param owner reports what is out of its range */
    FollowOptions(PerceptionOptions owner) {
        this.owner = owner;
    }

    @Option(
            names = "--interval",
            paramLabel = "N|adaptive",
            defaultValue = "1",
            description =
                    "Run the detector on one of N frames, or on those that the tracks ask for, within a budget; the "
                            + "tracker bridges the others. Default: ${DEFAULT-VALUE}")
    void interval(String value) {
        adaptive = value.equalsIgnoreCase(ADAPTIVE);
        if (adaptive) {
            return;
        }
        try {
            interval(Integer.parseInt(value.strip()));
        } catch (NumberFormatException e) {
            owner.require(false, "--interval", value, "1 or more, or " + ADAPTIVE);
        }
    }

    void interval(int value) {
        owner.require(value >= 1, "--interval", value, "1 or more, or " + ADAPTIVE);
        adaptive = false;
        interval = value;
    }

    @Option(
            names = "--budget",
            paramLabel = "SHARE",
            description = "Adaptive: most of each camera's frames that the detector looks at, above 0, at most 1. "
                    + "Default: 0.333")
    void budget(double value) {
        owner.require(value > 0 && value <= 1, "--budget", value, "above 0, at most 1");
        budget = value;
    }

    @Option(
            names = "--calls-per-second",
            paramLabel = "RATE",
            description =
                    "Adaptive: instead of --budget, detector calls per second of each subtask, which its cameras share, "
                            + "so that busy scenes get more; a replay may then look at other frames. Default: none")
    void callsPerSecond(double value) {
        owner.require(value > 0 && value <= 1_000_000, "--calls-per-second", value, "above 0");
        callsPerSecond = value;
    }

    @Option(
            names = "--directives",
            description =
                    "Adaptive: obey what the topic directives tells each board, in the job, too: its detector interval makes "
                            + "the budget of the board's cameras smaller. Default: only gateways obey")
    void directives(boolean value) {
        directives = value;
    }

    /** Whether the topic directives is read. */
    boolean obeysDirectives() {
        owner.require(!directives || adaptive, "--directives", directives, "together with --interval " + ADAPTIVE);
        return directives;
    }

    /** Lets the tracks decide. */
    void adaptive(double share) {
        budget(share);
        adaptive = true;
    }

    @Option(
            names = "--phase",
            paramLabel = "P",
            defaultValue = "0",
            description = "Sequence of the first key frame, 0 to N - 1: for evaluations. Default: ${DEFAULT-VALUE}")
    void phase(int value) {
        owner.require(value >= 0, "--phase", value, "0 to N - 1");
        phase = value;
    }

    @Option(
            names = "--tracker",
            defaultValue = "OURS",
            description =
                    "${COMPLETION-CANDIDATES}: ours follows pixels across skipped frames; bytetrack is the textbook's, "
                            + "by boxes alone. Default: ${DEFAULT-VALUE}")
    void kind(Kind value) {
        kind = value;
    }

    @Option(
            names = "--pixels",
            arity = "1",
            paramLabel = "true|false|csrt",
            defaultValue = "true",
            description =
                    "Whether tracks are followed by their pixels, too; without, skipped frames are not decoded. csrt: by "
                            + "OpenCV's correlation filter instead of flow, a hundred times dearer; needs GTK 2 on every "
                            + "TaskManager, else flow follows, and what it has learned is in no checkpoint. "
                            + "Default: ${DEFAULT-VALUE}")
    void pixels(String value) {
        csrt = value.equalsIgnoreCase(CSRT);
        owner.require(
                csrt || value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"),
                "--pixels",
                value,
                "true, false or " + CSRT);
        pixels = csrt || value.equalsIgnoreCase("true");
    }

    void pixels(boolean value) {
        csrt = false;
        pixels = value;
    }

    @Option(
            names = "--frame-rate",
            paramLabel = "FPS",
            defaultValue = "30",
            description = "Frame rate of the cameras, from which ByteTrack scales how many frames a lost track is "
                    + "kept. Default: ${DEFAULT-VALUE}")
    void frameRate(double value) {
        owner.require(value > 0 && value <= 1_000, "--frame-rate", value, "above 0 to 1000");
        frameRate = value;
    }

    @Option(
            names = "--delay",
            arity = "0..1",
            paramLabel = "FRAMES",
            fallbackValue = "16",
            description =
                    "Hold the rows of skipped frames back until the next key frame, at most so many, and fill them in "
                            + "between the two. Without a number: 16. Default: rows go out at once")
    void delay(int frames) {
        owner.require(frames >= 0 && frames <= 1_000, "--delay", frames, "0 to 1000");
        delay = frames;
    }

    /** Whether trackers look at pictures. */
    boolean usesPixels() {
        return pixels && kind == Kind.OURS;
    }

    /** Makes a camera's tracker, and says how long its rows may wait. */
    TrackerFactory trackers() {
        return new Delayed(trackersAlone(), delay);
    }

    private record Delayed(TrackerFactory trackers, int delayFrames) implements TrackerFactory {
        @Override
        public Tracker create() {
            return trackers.create();
        }
    }

    private TrackerFactory trackersAlone() {
        if (kind == Kind.BYTETRACK) {
            double rate = frameRate;
            return () -> new ByteTracker(ByteTrackOptions.defaults().withFrameRate(rate));
        }
        boolean seen = pixels;
        boolean watches = adaptive;
        int often = adaptive ? Math.max(2, (int) Math.round(1 / budget)) : interval;
        if (csrt) {
            return new CsrtTrackers(often, watches);
        }
        return () -> new SkipTracker(SkipTrackerOptions.of(seen, often).withWatchesChange(watches));
    }

    /** Trackers that follow by CSRT where the TaskManager has what it needs, else by flow, which its log says once. */
    private record CsrtTrackers(int often, boolean watches) implements TrackerFactory {
        private static final Logger LOG = LoggerFactory.getLogger(CsrtTrackers.class);
        private static final AtomicBoolean WARNED = new AtomicBoolean();

        @Override
        public Tracker create() {
            SkipTrackerOptions.Pixels use = PixelUse.available(SkipTrackerOptions.Pixels.CSRT, problem -> {
                if (!WARNED.getAndSet(true)) {
                    LOG.warn("{}", problem);
                }
            });
            return new SkipTracker(SkipTrackerOptions.of(/* pixels= */ true, often)
                    .withPixels(use)
                    .withWatchesChange(watches));
        }
    }

    /** Makes a camera's cadence. */
    CadenceFactory cadences() {
        if (adaptive) {
            return callsPerSecond > 0 ? new SharedBudget(callsPerSecond) : ownBudget(budget);
        }
        int often = interval;
        int first = phase;
        return () -> new FixedCadence(often, first);
    }

    private static CadenceFactory ownBudget(double share) {
        return () -> new AdaptiveCadence(LookBudget.shareOfFrames(share));
    }

    /** One budget for all cameras of a subtask: each subtask reads its own copy of this from the job. */
    private static final class SharedBudget implements CadenceFactory {
        private static final long serialVersionUID = 1L;

        private final double callsPerSecond;
        private transient LookBudget budget;

        SharedBudget(double callsPerSecond) {
            this.callsPerSecond = callsPerSecond;
        }

        @Override
        public Cadence create() {
            if (budget == null) {
                budget = LookBudget.perSecond(callsPerSecond);
            }
            return new AdaptiveCadence(budget);
        }
    }
}
