package dev.framewise.local;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.eval.DetectionTracking;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import dev.framewise.vision.track.ByteTracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewise track}: the tracker alone, from detections in a file to tracks in a file. */
@Command(
        name = "track",
        description = "Tracks detections: MOT format in, MOT format out, a row for every track and frame.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TrackCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--detections",
            paramLabel = "FILE",
            required = true,
            description = "frame,-1,x,y,width,height,score[,class]: frames from 1, pixels")
    private Path detections;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the tracks go")
    private Path out;

    @Mixin
    private CadenceOptions cadence;

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "Frames of the sequence. Default: the last that has a detection")
    private Integer frames;

    @Option(
            names = "--score-threshold",
            defaultValue = "0",
            description = "Least score of a detection, 0 to 1. Default: ${DEFAULT-VALUE}")
    private double scoreThreshold;

    @Mixin
    private TrackerOptions tracker;

    @Override
    public Integer call() throws IOException {
        if (frames != null && frames < 1) {
            throw new ParameterException(spec.commandLine(), "--frames is " + frames + "; allowed: 1 or more");
        }
        // Options are looked at before files: a mistake in them is the caller's first.
        int interval = cadence.interval();
        int phase = cadence.phase(/* otherwise= */ 0);
        ByteTracker byteTracker = new ByteTracker(tracker.byteTrack());
        NavigableMap<Integer, Detections> byFrame =
                MotFormat.byFrame(MotFormat.readDetections(detections), scoreThreshold);
        int length = frames != null ? frames : byFrame.isEmpty() ? 0 : byFrame.lastKey();
        List<MotRow> rows = DetectionTracking.run(byFrame, length, interval, phase, byteTracker);
        if (out.toAbsolutePath().getParent() != null) {
            Files.createDirectories(out.toAbsolutePath().getParent());
        }
        MotFormat.writeTracks(out, rows);
        return ExitCode.DONE;
    }
}
