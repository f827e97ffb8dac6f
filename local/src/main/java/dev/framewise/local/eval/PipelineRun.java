package dev.framewise.local.eval;

import dev.framewise.gateway.Gateway;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.jobs.PerceptionJob;
import dev.framewise.jobs.PerceptionOptions;
import dev.framewise.local.CpuTime;
import dev.framewise.local.Home;
import dev.framewise.local.LocalCluster;
import dev.framewise.local.StageCosts;
import dev.framewise.local.TrackerOptions;
import dev.framewise.local.WorkFolder;
import dev.framewise.local.kafka.TopicReader;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackBox;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.eval.MotRow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FlinkException;

/**
 * Sends a clip through the whole pipeline, gateway, JPEG, broker and job, as fast as it goes, and reads back the topic
 * {@code tracks}: one cluster and one run for each phase.
 */
final class PipelineRun {
    private static final String NAME = "framewise-eval";
    private static final String CAMERA = "eval";
    /** The frames' time is their place in the clip, counted from here, so that two runs write the same bytes. */
    private static final Instant CLIP_START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(100);

    private final EvalTask task;
    private final StageCosts costs = new StageCosts();
    private String model = "none";
    private long frames;
    private long processNanos;

    PipelineRun(EvalTask task) {
        this.task = task;
    }

    /**
     * Runs.
     *
     * @throws FlinkException if the job fails
     * @throws IOException if a captured frame has no track row
     */
    EvalRun run() throws FlinkException, IOException, RecordFormatException, InterruptedException {
        SortedMap<Integer, List<MotRow>> tracks = new TreeMap<>();
        SortedMap<Integer, Integer> calls = new TreeMap<>();
        SortedMap<Integer, Map<String, Integer>> reasons = new TreeMap<>();
        SortedMap<Integer, Double> overBudget = new TreeMap<>();
        SortedSet<Integer> looked = new TreeSet<>();
        double seconds = 0;
        for (int phase : task.phases()) {
            List<TrackRow> rows = run(phase);
            tracks.put(phase, boxes(rows));
            Map<String, Integer> byReason = new TreeMap<>();
            int count = 0;
            double most = 0;
            for (TrackRow row : rows) {
                byReason.merge(row.getDecision(), 1, Integer::sum);
                int frame = Math.toIntExact(row.getSequence() + 1);
                if (row.getFate() == Fate.INFERRED) {
                    looked.add(frame);
                    count++;
                }
                most = Math.max(most, count - task.looking().share() * frame);
            }
            calls.put(phase, count);
            reasons.put(phase, byReason);
            overBudget.put(phase, most);
            seconds = (rows.get(rows.size() - 1).getCapturedAtMicros()
                            - rows.get(0).getCapturedAtMicros())
                    / 1e6;
        }
        Map<String, Double> cost = new LinkedHashMap<>(costs.millisPerFrame());
        cost.put(
                "process",
                processNanos / 1e6 / Math.max(1, frames * task.phases().size()));
        return new EvalRun(
                model,
                Math.toIntExact(frames),
                tracks,
                Optional.empty(),
                looked,
                calls,
                reasons,
                overBudget,
                /* frameSeconds= */ seconds / Math.max(1, frames - 1),
                cost,
                /* bridgeMillis= */ Map.of());
    }

    private List<TrackRow> run(int phase)
            throws FlinkException, IOException, RecordFormatException, InterruptedException {
        try (WorkFolder work = WorkFolder.empty(Home.directory().resolve("eval"));
                LocalCluster cluster = LocalCluster.start(work.path(), /* slots= */ 1)) {
            JobID job = submit(cluster, phase);
            cluster.flink().awaitRunning(job, PATIENCE);
            long startNanos = CpuTime.processNanos();
            publish(cluster.bootstrapServers());
            cluster.awaitConsumed(job, NAME, Topic.FRAMES, PATIENCE);
            cluster.flink().stopWithSavepoint(job);
            processNanos += CpuTime.processNanos() - startNanos;
            return read(cluster.bootstrapServers());
        }
    }

    private JobID submit(LocalCluster cluster, int phase) throws FlinkException {
        StreamExecutionEnvironment env = cluster.flink().newEnvironment(/* parallelism= */ 1, CHECKPOINT_INTERVAL);
        PerceptionOptions options = new PerceptionOptions()
                .bootstrapServers(cluster.bootstrapServers())
                .name(NAME)
                .checkpointInterval(CHECKPOINT_INTERVAL)
                .model(task.model().toAbsolutePath().toString())
                .classes(task.classes())
                .phase(phase);
        if (task.looking().isAdaptive()) {
            options.adaptive(task.looking().budget());
        } else {
            options.interval(task.looking().interval());
        }
        if (task.tracker().kind() == TrackerOptions.Kind.BYTETRACK) {
            options.byteTrack(task.tracker().byteTrack().frameRate());
        }
        if (task.tracker().isDelayed()) {
            options.delay(TrackerLane.MAX_DELAY_FRAMES);
        }
        PerceptionJob.onKafka(options).build(env);
        return cluster.flink().submit(env, NAME);
    }

    private void publish(String bootstrapServers) throws InterruptedException {
        CameraSettings camera = CameraSettings.of(CAMERA, task.clip().toString())
                .withPace(CameraSettings.Pace.FAST)
                .withJpegQuality(task.jpegQuality().orElse(CameraSettings.DEFAULT_JPEG_QUALITY));
        GatewayConfig config = GatewayConfig.of("eval-board", bootstrapServers, List.of(camera))
                .withClipClock(CLIP_START);
        try (Gateway gateway = new Gateway(config)) {
            gateway.start();
            gateway.awaitEnd();
            frames = gateway.stats().allCameras().captured();
        }
    }

    private List<TrackRow> read(String bootstrapServers) throws RecordFormatException, IOException {
        List<TrackRow> rows = new ArrayList<>();
        try (TopicReader reader = new TopicReader(bootstrapServers, List.of(Topic.TRACKS, Topic.SAMPLES))) {
            do {
                reader.poll(POLL, record -> {
                    if (record instanceof TrackRow row && row.getKind() == RowKind.FRAME) {
                        rows.add(row);
                    } else if (record instanceof InferenceSample sample) {
                        costs.accept(sample);
                        model = sample.getModel();
                    }
                });
            } while (!reader.atEnd());
        }
        if (rows.size() != frames) {
            throw new IOException(frames + " frames were captured, but " + rows.size() + " have a track row");
        }
        rows.sort(Comparator.comparing(TrackRow::getSequence));
        return rows;
    }

    private static List<MotRow> boxes(List<TrackRow> rows) {
        List<MotRow> boxes = new ArrayList<>();
        for (TrackRow row : rows) {
            for (TrackBox box : row.getBoxes()) {
                boxes.add(new MotRow(
                        Math.toIntExact(row.getSequence() + 1),
                        Math.toIntExact(box.getTrackId()),
                        box.getX(),
                        box.getY(),
                        box.getWidth(),
                        box.getHeight(),
                        box.getScore(),
                        box.getClassId()));
            }
        }
        return boxes;
    }
}
