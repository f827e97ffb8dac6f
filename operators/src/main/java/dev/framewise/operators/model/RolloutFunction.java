package dev.framewise.operators.model;

import dev.framewise.operators.metric.OperatorCounter;
import dev.framewise.operators.metric.OperatorGauge;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.ReleaseState;
import dev.framewise.schemas.Topic;
import dev.framewise.vision.model.Evidence;
import dev.framewise.vision.model.ModelVersion;
import dev.framewise.vision.model.RefusedReleaseException;
import dev.framewise.vision.model.Release;
import dev.framewise.vision.model.Rollout;
import dev.framewise.vision.model.RolloutCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Rollout} over keyed state: what the subtasks report of a model's candidate becomes decisions for its topic. */
public final class RolloutFunction extends KeyedProcessFunction<String, Evidence, ModelRelease> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RolloutFunction.class);

    /** Refused releases. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("refused-releases", new AvroTypeInfo<>(DeadLetter.class));

    private static final long NOT_READ_HERE = -1;

    private final String job;
    private transient RecordCodec<ModelRelease> records;
    private transient RolloutCodec codec;
    private transient ValueState<byte[]> rollouts;
    private transient Counter shadowFrames;
    private transient Counter promoted;
    private transient Counter refused;
    private transient volatile double agreement;
    private transient volatile String lastRefused;

    /** @param job what decisions are signed with */
    public RolloutFunction(String job) {
        this.job = job;
    }

    @Override
    public void open(OpenContext context) {
        records = new RecordCodec<>(ModelRelease.class);
        codec = new RolloutCodec();
        rollouts = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("rollout", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        shadowFrames = OperatorCounter.SHADOW_FRAMES.in(getRuntimeContext().getMetricGroup());
        promoted = OperatorCounter.PROMOTIONS.in(getRuntimeContext().getMetricGroup());
        refused = OperatorCounter.REFUSALS.in(getRuntimeContext().getMetricGroup());
        agreement = Double.NaN;
        lastRefused = "";
        OperatorGauge.AGREEMENT.in(getRuntimeContext().getMetricGroup(), () -> agreement);
        OperatorGauge.LAST_REFUSED.in(getRuntimeContext().getMetricGroup(), () -> lastRefused);
    }

    @Override
    public void processElement(Evidence report, Context context, Collector<ModelRelease> out)
            throws IOException, RecordFormatException, RefusedReleaseException {
        Release release = Release.of(records.decode(report.release));
        byte[] state = rollouts.value();
        Rollout rollout = state == null ? new Rollout(release) : codec.decode(state);
        if (!rollout.isAbout(release)) {
            rollout = new Rollout(release);
        }
        rollout.follow(release);
        shadowFrames.inc(report.frames);
        if (report.frames > 0) {
            agreement = report.agreement();
        }
        Optional<Rollout.Decision> decision = rollout.accept(report);
        rollouts.update(codec.encode(rollout));
        if (decision.isPresent()) {
            decide(release, inForce(report), decision.get(), context, out);
        }
    }

    private Optional<ModelVersion> inForce(Evidence report) throws RecordFormatException, RefusedReleaseException {
        return report.inForce == null
                ? Optional.empty()
                : Optional.of(Release.of(records.decode(report.inForce)).version());
    }

    private void decide(
            Release release,
            Optional<ModelVersion> inForce,
            Rollout.Decision decision,
            Context context,
            Collector<ModelRelease> out) {
        Release decided = release.decided(decision.state(), decision.share(), decision.reason(), job, inForce);
        String label = release.version().label();
        if (decision.state() == ReleaseState.REFUSED) {
            refused.inc();
            lastRefused = label + ": " + decision.reason();
            LOG.warn("{} is refused, the version before stays: {}", label, decision.reason());
            context.output(DEAD_LETTERS, letter(release, decision));
        } else {
            promoted.inc();
            LOG.info(
                    "{} is {} for {} of the cameras: {}", label, decision.state(), decision.share(), decision.reason());
        }
        out.collect(decided.record());
    }

    /** Holds the release whole; where in the topic it stood nobody has to know, it is the newest of its model. */
    private DeadLetter letter(Release release, Rollout.Decision decision) {
        return new DeadLetter(
                Topic.MODELS.topicName(),
                (int) NOT_READ_HERE,
                NOT_READ_HERE,
                ByteBuffer.wrap(release.version().model().getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.wrap(records.encode(release.record())),
                decision.problem().orElseThrow().name(),
                decision.reason(),
                /* camera= */ null,
                /* sequence= */ null);
    }
}
