package dev.framewise.jobs;

import dev.framewise.operators.frame.AdmissionFunction;
import dev.framewise.operators.frame.FrameRecord;
import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.SteeredAdmissionFunction;
import dev.framewise.operators.frame.Steering;
import dev.framewise.operators.inference.BatchSession;
import dev.framewise.operators.inference.DetectorFactory;
import dev.framewise.operators.inference.ModelRuntimeFactory;
import dev.framewise.operators.ledger.LedgerFunction;
import dev.framewise.operators.perception.FlowLimits;
import dev.framewise.operators.perception.PerceptionOperator;
import dev.framewise.operators.sink.EncodedRecord;
import dev.framewise.operators.sink.KafkaSinks;
import dev.framewise.operators.sink.RecordEncoder;
import dev.framewise.operators.sink.RecordKey;
import dev.framewise.operators.source.AlwaysIdle;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.LedgerWindow;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackRow;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The main job: frames to tracks.
 *
 * <pre>
 * frames ▸ key by camera ▸ admission ▸ perception ─▸ tracks
 *            (the only      (order,     (cadence,    ├─▸ ledger        in one
 *             shuffle)       fates)      batches,    ├─▸ dead-letters  transaction
 *                                        network,    └─▸ samples
 *                                        tracker)
 * </pre>
 *
 * <p>Behind the one shuffle everything but the sinks is chained and handed on by reference; the stream is keyed again without a shuffle,
 * which is sound because every stage between keeps each record in its subtask.
 */
public final class PerceptionJob {
    /** Far above any batch: what bounds a subtask in practice is the bytes. */
    private static final int MAX_FRAMES_IN_FLIGHT = 1_024;

    private static final long MAX_BYTES_IN_FLIGHT = 64L << 20;

    /**
     * Results are many and small, and nobody sees them before the next checkpoint, whose barrier takes them along: threads need not
     * be woken for each.
     */
    private static final long RESULTS_BUFFER_TIMEOUT_MILLIS = 500;

    private final Source<FrameRecord, ?, ?> frames;
    private final Sink<EncodedRecord> results;
    private final Sink<InferenceSample> samples;
    private final Optional<ModelTopic> models;
    private final Optional<Source<Steering, ?, ?>> directives;
    private final PerceptionOptions options;

    /**
     * @param results takes tracks, ledger and dead letters together
     * @param models where releases come from and decisions go to; empty for a model that stays what it is
     * @param directives of boards, which the cadence obeys; empty where only the gateways do
     */
    public PerceptionJob(
            Source<FrameRecord, ?, ?> frames,
            Sink<EncodedRecord> results,
            Sink<InferenceSample> samples,
            Optional<ModelTopic> models,
            Optional<Source<Steering, ?, ?>> directives,
            PerceptionOptions options) {
        this.frames = frames;
        this.results = results;
        this.samples = samples;
        this.models = models;
        this.directives = directives;
        this.options = options;
    }

    /** Everything from and to one Kafka cluster; exactly once but for the samples. */
    public static PerceptionJob onKafka(PerceptionOptions options) {
        KafkaSinks sinks = new KafkaSinks(options.bootstrapServers(), options.name());
        return new PerceptionJob(
                KafkaSources.frames(options),
                sinks.exactlyOnce("results"),
                sinks.atLeastOnce(Topic.SAMPLES, InferenceSample.class, InferenceSample::getDevice),
                options.releases().map(model -> ModelTopic.onKafka(options, sinks)),
                options.obeysDirectives() ? Optional.of(KafkaSources.directives(options)) : Optional.empty(),
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
        Optional<DataStream<Steering>> steering = steering(env);
        SingleOutputStreamOperator<FrameTask> admitted = steering.isEmpty()
                ? captured.process(new AdmissionFunction(options.outOfOrderness(), options.silence()), taskType)
                : captured.connect(steering.get().broadcast(SteeredAdmissionFunction.DIRECTIVES))
                        .process(new SteeredAdmissionFunction(options.outOfOrderness(), options.silence()), taskType);
        SingleOutputStreamOperator<FrameTask> seen = admitted.name("admission").uid("admission");

        SingleOutputStreamOperator<TrackRow> rows = DataStreamUtils.reinterpretAsKeyedStream(
                        seen, task -> task.record.camera, Types.STRING)
                .transform("perception", new AvroTypeInfo<>(TrackRow.class), perception())
                // Whose state it is: savepoints know the tracks by this name.
                .uid("tracking")
                .setBufferTimeout(RESULTS_BUFFER_TIMEOUT_MILLIS);
        models.ifPresent(topic -> topic.decide(rows.getSideOutput(PerceptionOperator.EVIDENCE), options.name()));
        SingleOutputStreamOperator<LedgerWindow> accounts = DataStreamUtils.reinterpretAsKeyedStream(
                        rows.getSideOutput(PerceptionOperator.FATES), fate -> fate.camera, Types.STRING)
                .process(new LedgerFunction(options.ledgerWindow()), new AvroTypeInfo<>(LedgerWindow.class))
                .name("accounts")
                .uid("accounts");

        // A sink waits for Kafka at every checkpoint. Behind a channel it does so on a thread of its own, and frames go
        // on.
        encoded(rows, Topic.TRACKS, TrackRow.class, TrackRow::getCamera)
                .union(
                        encoded(accounts, Topic.LEDGER, LedgerWindow.class, LedgerWindow::getCamera),
                        encoded(
                                rows.getSideOutput(PerceptionOperator.DEAD_LETTERS),
                                Topic.DEAD_LETTERS,
                                DeadLetter.class,
                                DeadLetter::getCamera))
                .sinkTo(results)
                .name("results")
                .uid("results");
        rows.getSideOutput(PerceptionOperator.SAMPLES)
                .sinkTo(samples)
                .name("samples")
                .uid("samples")
                .disableChaining();
    }

    /** Releases and directives, few and for every subtask. */
    private Optional<DataStream<Steering>> steering(StreamExecutionEnvironment env) {
        Optional<DataStream<Steering>> released = models.map(topic -> topic.releases(env, options));
        Optional<DataStream<Steering>> directed = directives.map(source -> env.fromSource(
                        source, WatermarkStrategy.forGenerator(context -> new AlwaysIdle<>()), "directives")
                .uid("directives")
                .setParallelism(1));
        return released.isPresent() && directed.isPresent()
                ? Optional.of(released.get().union(directed.get()))
                : released.or(() -> directed);
    }

    private static <T extends SpecificRecord> SingleOutputStreamOperator<EncodedRecord> encoded(
            DataStream<T> records, Topic topic, Class<T> type, RecordKey<T> key) {
        return records.map(new RecordEncoder<>(topic, type, key), TypeInformation.of(EncodedRecord.class))
                .name(topic.topicName())
                .setBufferTimeout(RESULTS_BUFFER_TIMEOUT_MILLIS);
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
