package dev.framewise.jobs;

import dev.framewise.operators.tracking.CadenceFactory;
import dev.framewise.operators.tracking.TrackerFactory;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import dev.framewise.vision.track.FixedCadence;
import dev.framewise.vision.track.SkipTracker;
import dev.framewise.vision.track.SkipTrackerOptions;
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
    private int interval = 1;
    private int phase;
    private Kind kind = Kind.OURS;
    private boolean pixels = true;
    private double frameRate = 30;

    /** @param owner reports what is out of its range */
    FollowOptions(PerceptionOptions owner) {
        this.owner = owner;
    }

    @Option(
            names = "--interval",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Run the detector on one of N frames; the tracker bridges the others. Default: ${DEFAULT-VALUE}")
    void interval(int value) {
        owner.require(value >= 1, "--interval", value, "at least 1");
        interval = value;
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
            paramLabel = "true|false",
            defaultValue = "true",
            description = "Whether tracks are followed by their pixels, too; without, skipped frames are not decoded. "
                    + "Default: ${DEFAULT-VALUE}")
    void pixels(boolean value) {
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

    /** Whether trackers look at pictures. */
    boolean usesPixels() {
        return pixels && kind == Kind.OURS;
    }

    /** Makes a camera's tracker. */
    TrackerFactory trackers() {
        if (kind == Kind.BYTETRACK) {
            double rate = frameRate;
            return () -> new ByteTracker(ByteTrackOptions.defaults().withFrameRate(rate));
        }
        boolean seen = pixels;
        int often = interval;
        return () -> new SkipTracker(SkipTrackerOptions.of(seen, often));
    }

    /** Makes a camera's cadence. */
    CadenceFactory cadences() {
        int often = interval;
        int first = phase;
        return () -> new FixedCadence(often, first);
    }
}
