package dev.framewise.local;

import dev.framewise.vision.track.ByteTrackOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What of the tracker can be set on the command line. */
public final class TrackerOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--track-threshold",
            defaultValue = "0.6",
            description = "Scores above it take part in the first association, 0 to 1. Default: ${DEFAULT-VALUE}")
    private double trackThreshold;

    @Option(
            names = "--match-threshold",
            defaultValue = "0.9",
            description = "Greatest distance of a pair in the first association, 0 to 1. Default: ${DEFAULT-VALUE}")
    private double matchThreshold;

    @Option(
            names = "--frame-rate",
            paramLabel = "FPS",
            defaultValue = "30",
            description = "A lost track is kept for one second of this many frames. Default: ${DEFAULT-VALUE}")
    private double frameRate;

    /** Whether the thresholds are ByteTrack's own. */
    public boolean isStandard() {
        return byteTrack().equals(ByteTrackOptions.defaults().withFrameRate(frameRate));
    }

    /** ByteTrack with these. */
    public ByteTrackOptions byteTrack() {
        try {
            return ByteTrackOptions.of(trackThreshold, matchThreshold).withFrameRate(frameRate);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
