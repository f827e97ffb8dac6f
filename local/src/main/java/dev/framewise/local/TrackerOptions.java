package dev.framewise.local;

import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import dev.framewise.vision.track.PixelUse;
import dev.framewise.vision.track.SkipTracker;
import dev.framewise.vision.track.SkipTrackerOptions;
import dev.framewise.vision.track.Tracker;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What of the tracker can be set on the command line. */
public final class TrackerOptions {
    /** Which tracker. */
    public enum Kind {
        /** {@link SkipTracker}. */
        OURS,
        /** {@link ByteTracker}. */
        BYTETRACK
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private boolean warned;

    @Option(
            names = "--tracker",
            defaultValue = "OURS",
            description = "${COMPLETION-CANDIDATES}: ours bridges skipped frames; bytetrack is the textbook's. "
                    + "Default: ${DEFAULT-VALUE}")
    private Kind kind;

    @Option(
            names = "--track-threshold",
            defaultValue = "0.6",
            description =
                    "ByteTrack: scores above it take part in the first association, 0 to 1. Default: ${DEFAULT-VALUE}")
    private double trackThreshold;

    @Option(
            names = "--match-threshold",
            defaultValue = "0.9",
            description =
                    "ByteTrack: greatest distance of a pair in the first association, 0 to 1. Default: ${DEFAULT-VALUE}")
    private double matchThreshold;

    @Option(
            names = "--frame-rate",
            paramLabel = "FPS",
            defaultValue = "30",
            description =
                    "ByteTrack: a lost track is kept for one second of this many frames. Default: ${DEFAULT-VALUE}")
    private double frameRate;

    @Option(
            names = "--delay",
            description = "Hold skipped frames back until the next key frame and fill them in between the two")
    private boolean delay;

    @Option(
            names = "--pixels",
            paramLabel = "USE",
            description =
                    "Ours, with pictures: ${COMPLETION-CANDIDATES}. CSRT is dear and needs GTK 2 on the machine; without, flow. "
                            + "Default: flow; colour where every frame is looked at")
    private SkipTrackerOptions.Pixels pixels;

    /** Whether the tracker's own thresholds were left alone. */
    public boolean isStandard() {
        return byteTrack().equals(ByteTrackOptions.defaults().withFrameRate(frameRate)) && pixels == null;
    }

    /** Whether skipped frames wait for the next key frame. */
    public boolean isDelayed() {
        return delay;
    }

    /** Which tracker. */
    public Kind kind() {
        return kind;
    }

    /** ByteTrack with these. */
    public ByteTrackOptions byteTrack() {
        try {
            return ByteTrackOptions.of(trackThreshold, matchThreshold).withFrameRate(frameRate);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /**
     * A fresh tracker.
     *
     * @param hasPictures whether frames come with pixels
     */
    public Tracker create(Looking looking, boolean hasPictures) {
        ByteTrackOptions textbook = byteTrack();
        if (kind == Kind.BYTETRACK) {
            return new ByteTracker(textbook);
        }
        // who wants none gets the options of a stream that has none, as a job does that is told so
        boolean seen = hasPictures && pixels != SkipTrackerOptions.Pixels.NONE;
        SkipTrackerOptions options =
                SkipTrackerOptions.of(seen, looking.interval()).withWatchesChange(looking.isAdaptive());
        if (!seen || pixels == null) {
            return new SkipTracker(options);
        }
        return new SkipTracker(options.withPixels(PixelUse.available(pixels, this::warn)));
    }

    /** Once is enough for all trackers of a run. */
    private void warn(String problem) {
        if (!warned) {
            warned = true;
            command.commandLine().getErr().println(problem);
        }
    }
}
