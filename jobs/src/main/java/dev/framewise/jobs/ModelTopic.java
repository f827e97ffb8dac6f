package dev.framewise.jobs;

import dev.framewise.operators.frame.Steering;
import dev.framewise.operators.model.ModelRecord;
import dev.framewise.operators.model.ReleaseFunction;
import dev.framewise.operators.model.RolloutFunction;
import dev.framewise.operators.sink.KafkaSinks;
import dev.framewise.operators.source.AlwaysIdle;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.Topic;
import dev.framewise.vision.model.Evidence;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The topic {@code models} in the perception job, at both its ends: releases are read, checked and broadcast, and what the
 * subtasks learn of them becomes decisions that are written back. One subtask each: releases are few, and their order is what
 * all agree on.
 */
public final class ModelTopic {
    private final Source<ModelRecord, ?, ?> records;
    private final Sink<ModelRelease> decisions;
    private final Sink<DeadLetter> refused;

    /**
     * @param records the topic from its beginning
     * @param decisions the same topic
     * @param refused records and releases that cannot be used
     */
    public ModelTopic(Source<ModelRecord, ?, ?> records, Sink<ModelRelease> decisions, Sink<DeadLetter> refused) {
        this.records = records;
        this.decisions = decisions;
        this.refused = refused;
    }

    /** A decision said twice says the same, so at least once will do. */
    static ModelTopic onKafka(PerceptionOptions options, KafkaSinks sinks) {
        return new ModelTopic(
                KafkaSources.models(options),
                sinks.atLeastOnce(Topic.MODELS, ModelRelease.class, ModelRelease::getModel),
                sinks.atLeastOnce(Topic.DEAD_LETTERS, DeadLetter.class, DeadLetter::getCamera));
    }

    /** The releases of the job's model. */
    DataStream<Steering> releases(StreamExecutionEnvironment env, PerceptionOptions options) {
        SingleOutputStreamOperator<ModelRelease> releases = env.fromSource(
                        records, WatermarkStrategy.forGenerator(context -> new AlwaysIdle<>()), "models")
                .uid("models")
                .setParallelism(1)
                .process(new ReleaseFunction(options.releases().orElseThrow()), new AvroTypeInfo<>(ModelRelease.class))
                .name("releases")
                .uid("releases")
                .setParallelism(1);
        releases.getSideOutput(ReleaseFunction.DEAD_LETTERS)
                .sinkTo(refused)
                .name("refused records")
                .uid("refused-records")
                .setParallelism(1);
        return releases.map(Steering::release, TypeInformation.of(Steering.class))
                .name("steering")
                .setParallelism(1);
    }

    /** Decides from what the subtasks report. */
    void decide(DataStream<Evidence> evidence, String job) {
        SingleOutputStreamOperator<ModelRelease> decided = evidence.keyBy(report -> report.model, Types.STRING)
                .process(new RolloutFunction(job), new AvroTypeInfo<>(ModelRelease.class))
                .name("rollout")
                .uid("rollout")
                .setParallelism(1);
        decided.sinkTo(decisions).name("decisions").uid("decisions").setParallelism(1);
        decided.getSideOutput(RolloutFunction.DEAD_LETTERS)
                .sinkTo(refused)
                .name("refused releases")
                .uid("refused-releases")
                .setParallelism(1);
    }
}
