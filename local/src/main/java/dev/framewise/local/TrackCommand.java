package dev.framewise.local;

import dev.framewise.local.eval.DetectionsRun;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import dev.framewise.vision.track.Tracker;
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
            description = "Frames of the sequence. Default: the video's; without one, the last that has a detection")
    private Integer frames;

    @Option(
            names = "--score-threshold",
            defaultValue = "0",
            description = "Least score of a detection, 0 to 1. Default: ${DEFAULT-VALUE}")
    private double scoreThreshold;

    @Mixin
    private TrackerOptions tracker;

    @Option(
            names = "--video",
            paramLabel = "CLIP",
            description = "The pictures: name in the asset catalog, or a file. With them, pixels carry the tracks")
    private String video;

    @Override
    public Integer call() throws IOException {
        if (frames != null && frames < 1) {
            throw new ParameterException(spec.commandLine(), "--frames is " + frames + "; allowed: 1 or more");
        }
        // Options are looked at before files: a mistake in them is the caller's first.
        Looking looking = cadence.looking();
        int phase = cadence.phase(looking, /* otherwise= */ 0);
        Tracker fresh = tracker.create(looking, video != null);
        NavigableMap<Integer, Detections> byFrame =
                MotFormat.byFrame(MotFormat.readDetections(detections), scoreThreshold);
        int length = frames != null ? frames : byFrame.isEmpty() ? 0 : byFrame.lastKey();
        List<MotRow> rows = video == null
                ? new DetectionsRun(byFrame, looking, phase, fresh, tracker.isDelayed()).run(length)
                : new DetectionsRun(byFrame, looking, phase, fresh, tracker.isDelayed())
                        .run(
                                Clip.find(video, AssetCatalog.standard()).file(),
                                frames == null ? Integer.MAX_VALUE : frames);
        if (out.toAbsolutePath().getParent() != null) {
            Files.createDirectories(out.toAbsolutePath().getParent());
        }
        MotFormat.writeTracks(out, rows);
        return ExitCode.DONE;
    }
}
