package dev.framewise.local.demo;

import dev.framewise.local.CpuTime;
import dev.framewise.local.Interruption;
import dev.framewise.local.report.AnnotatedPicture;
import dev.framewise.local.report.DemoReport;
import dev.framewise.local.report.Figures;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.asset.AssetCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.flink.util.FlinkException;
import org.apache.kafka.common.KafkaException;

/** One demo from start to report. Runs on the calling thread. */
final class DemoRun {
    private static final Duration STATUS_INTERVAL = Duration.ofMillis(500);
    private static final Duration COLLECT_PATIENCE = Duration.ofSeconds(30);

    private final DemoOptions options;
    private final StatusLine status;
    private final Interruption interruption;
    private final DemoState state;

    DemoRun(DemoOptions options, StatusLine status, Interruption interruption, DemoState state) {
        this.options = options;
        this.status = status;
        this.interruption = interruption;
        this.state = state;
    }

    /**
     * Runs until the clips end or somebody presses Ctrl-C.
     *
     * @param work for topics and checkpoints
     * @param parquet for the benchmark job's files
     * @throws FlinkException if Flink or a job does not start
     * @throws ExecutionException if a gateway fails
     */
    DemoReport run(Path work, Path parquet)
            throws IOException, FlinkException, InterruptedException, ExecutionException, RecordFormatException {
        DemoAssets assets = DemoAssets.find(AssetCatalog.standard()::locate, this::note);
        note("starting Kafka, Flink and three jobs in this process");
        try (DemoStack stack = DemoStack.start(work, assets.model(), options.interval(), parquet);
                DemoCollector collector = new DemoCollector(stack.bootstrapServers(), state);
                DemoGateways gateways =
                        new DemoGateways(stack.bootstrapServers(), assets.cool(), assets.hot(), options)) {
            note("Kafka on " + stack.bootstrapServers() + ", metrics on " + stack.prometheusAddress());
            long startNanos = CpuTime.processNanos();
            gateways.start();
            note(options.follow() ? "two cameras, until Ctrl-C" : "two cameras, " + options.frames() + " frames each");
            while (!gateways.awaitEnd(STATUS_INTERVAL) && !interruption.isWished()) {
                status.show(state.elapsedSeconds(), state.status());
            }
            gateways.close();
            note("the cameras have ended; waiting for the last records");
            drain(stack, collector);
            double cpuNanos = CpuTime.processNanos() - startNanos;
            Map<String, Long> captured = gateways.captured();
            long frames = captured.values().stream().mapToLong(Long::longValue).sum();
            return state.report(captured, pictures(stack, captured), cpuNanos / 1e6 / Math.max(1, frames));
        }
    }

    /** A failure here shows in the ledger, so that the report is still made and says what is missing. */
    private void drain(DemoStack stack, DemoCollector collector) throws InterruptedException {
        try {
            stack.drain();
            collector.finish(COLLECT_PATIENCE);
        } catch (FlinkException | KafkaException e) {
            Throwable cause = e.getCause();
            note("not everything could be drained: " + e.getMessage()
                    + (cause == null ? "" : ": " + cause.getMessage()));
        }
    }

    private Map<String, AnnotatedPicture> pictures(DemoStack stack, Map<String, Long> captured)
            throws RecordFormatException {
        Map<String, AnnotatedPicture> pictures = new TreeMap<>();
        try (PictureFinder finder = new PictureFinder(stack.bootstrapServers())) {
            for (String camera : captured.keySet()) {
                Optional<TrackRow> best = state.bestRow(camera);
                if (best.isPresent()) {
                    finder.find(best.get()).ifPresent(picture -> pictures.put(camera, picture));
                }
            }
        }
        return pictures;
    }

    private void note(String text) {
        status.note("[" + Figures.of(state.elapsedSeconds(), 1) + " s] " + text);
    }
}
