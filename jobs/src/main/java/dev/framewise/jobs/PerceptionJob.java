package dev.framewise.jobs;

import dev.framewise.operators.frame.AdmissionFunction;
import dev.framewise.operators.frame.FrameRecord;
import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.ReleaseAdmissionFunction;
import dev.framewise.operators.inference.BatchSession;
import dev.framewise.operators.inference.DetectorFactory;
import dev.framewise.operators.inference.ModelRuntimeFactory;
import dev.framewise.operators.ledger.LedgerFunction;
import dev.framewise.operators.perception.FlowLimits;
import dev.framewise.operators.perception.PerceptionOperator;
import dev.framewise.operators.sink.KafkaSinks;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.LedgerWindow;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackRow;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The main job: frames to tracks.
 *
 * <pre>
 * frames ▸ key by camera ▸ admission ▸ perception ─▸ tracks
 *            (the only      (order,     (cadence,    ├─▸ ledger
 *             shuffle)       fates)      batches,    ├─▸ samples
 *                                        network,    └─▸ dead-letters
 *                                        tracker)
 * </pre>
 *
 * <p>Behind the one shuffle everything is chained and handed on by reference; the stream is keyed again without a shuffle,
 * which is sound because every stage between keeps each record in its subtask.
 */
public final class PerceptionJob {
    /** Far above any batch: what bounds a subtask in practice is the bytes. */
    private static final int MAX_FRAMES_IN_FLIGHT = 1_024;

    private static final long MAX_BYTES_IN_FLIGHT = 64L << 20;

    private final Source<FrameRecord, ?, ?> frames;
    private final Sink<TrackRow> tracks;
    private final Sink<LedgerWindow> ledger;
    private final Sink<InferenceSample> samples;
    private final Sink<DeadLetter> deadLetters;
    private final Optional<ModelTopic> models;
    private final PerceptionOptions options;

    /**
     * @param models where releases come from and decisions go to; empty for a model that stays what it is
     */
    public PerceptionJob(
            Source<FrameRecord, ?, ?> frames,
            Sink<TrackRow> tracks,
            Sink<LedgerWindow> ledger,
            Sink<InferenceSample> samples,
            Sink<DeadLetter> deadLetters,
            Optional<ModelTopic> models,
            PerceptionOptions options) {
        this.frames = frames;
        this.tracks = tracks;
        this.ledger = ledger;
        this.samples = samples;
        this.deadLetters = deadLetters;
        this.models = models;
        this.options = options;
    }

    /** Everything from and to one Kafka cluster; exactly once but for the samples. */
    public static PerceptionJob onKafka(PerceptionOptions options) {
        KafkaSinks sinks = new KafkaSinks(options.bootstrapServers(), options.name());
        return new PerceptionJob(
                KafkaSources.frames(options),
                sinks.exactlyOnce(Topic.TRACKS, TrackRow.class, TrackRow::getCamera),
                sinks.exactlyOnce(Topic.LEDGER, LedgerWindow.class, LedgerWindow::getCamera),
                sinks.atLeastOnce(Topic.SAMPLES, InferenceSample.class, InferenceSample::getDevice),
                sinks.exactlyOnce(Topic.DEAD_LETTERS, DeadLetter.class, DeadLetter::getCamera),
                options.releases().map(model -> ModelTopic.onKafka(options, sinks)),
                options);
    }

    /** Adds the job to an environment; does not start it. */
    public void build(StreamExecutionEnvironment env) {
        env.enableCheckpointing(options.checkpointInterval().toMillis());
        env.getConfig().enableObjectReuse();
        // Frames are few and large: the last buffer of one must not wait for the next frame to fill it.
        env.setBufferTimeout(0);

        KeyedStream<FrameRecord, String> captured = env.fromSource(
                        frames, KafkaSources.<FrameRecord>eventTime(options, f -> f.capturedAtMicros), "frames")
                .uid("frames")
                .keyBy(frame -> frame.camera, Types.STRING);
        TypeInformation<FrameTask> taskType = TypeInformation.of(FrameTask.class);
        SingleOutputStreamOperator<FrameTask> admitted = models.isEmpty()
                ? captured.process(new AdmissionFunction(options.outOfOrderness()), taskType)
                : captured.connect(models.get().releases(env, options).broadcast(ModelTopic.NO_STATE))
                        .process(new ReleaseAdmissionFunction(options.outOfOrderness()), taskType);
        SingleOutputStreamOperator<FrameTask> seen = admitted.name("admission").uid("admission");

        SingleOutputStreamOperator<TrackRow> rows = DataStreamUtils.reinterpretAsKeyedStream(
                        seen, task -> task.record.camera, Types.STRING)
                .transform("perception", new AvroTypeInfo<>(TrackRow.class), perception())
                // Whose state it is: savepoints know the tracks by this name.
                .uid("tracking");
        rows.sinkTo(tracks).name("tracks").uid("tracks");
        rows.getSideOutput(PerceptionOperator.SAMPLES)
                .sinkTo(samples)
                .name("samples")
                .uid("samples");
        rows.getSideOutput(PerceptionOperator.DEAD_LETTERS)
                .sinkTo(deadLetters)
                .name("dead letters")
                .uid("dead-letters");

        models.ifPresent(topic -> topic.decide(rows.getSideOutput(PerceptionOperator.EVIDENCE), options.name()));

        DataStreamUtils.reinterpretAsKeyedStream(
                        rows.getSideOutput(PerceptionOperator.FATES), fate -> fate.camera, Types.STRING)
                .process(new LedgerFunction(options.ledgerWindow()), new AvroTypeInfo<>(LedgerWindow.class))
                .name("accounts")
                .uid("accounts")
                .sinkTo(ledger)
                .name("ledger")
                .uid("ledger");
    }

    private PerceptionOperator perception() {
        DetectorFactory detectors = new DetectorFactory(
                        options.model(),
                        options.tuning(),
                        options.providers(),
                        options.strict(),
                        options.scoreThreshold(),
                        options.classes())
                .describedBy(options.head(), options.classNames())
                .keepingPictures(options.follow().usesPixels());
        FlowLimits limits = new FlowLimits(options.batchBudget(), MAX_FRAMES_IN_FLIGHT, MAX_BYTES_IN_FLIGHT);
        BatchSession.Factory sessions = models.isEmpty() ? detectors : new ModelRuntimeFactory(detectors);
        return new PerceptionOperator(
                sessions,
                options.follow().trackers(),
                options.follow().cadences(),
                options.silence(),
                limits,
                options.overlap());
    }

    /** Reads the options and submits the job to the cluster it was started on. */
    public static void main(String[] args) throws Exception {
        JobMain.run(args, new PerceptionOptions(), (options, env) -> onKafka(options)
                .build(env));
    }
}
