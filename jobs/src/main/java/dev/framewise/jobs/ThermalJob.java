package dev.framewise.jobs;

import dev.framewise.operators.sink.KafkaSinks;
import dev.framewise.operators.thermal.ThermalFunction;
import dev.framewise.schemas.Directive;
import dev.framewise.schemas.Telemetry;
import dev.framewise.schemas.Topic;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Keeps devices cool: telemetry, keyed by device, becomes directives. At least once: a directive said twice says the same. */
public final class ThermalJob {
    private final Source<Telemetry, ?, ?> telemetry;
    private final Sink<Directive> directives;
    private final ThermalJobOptions options;

    public ThermalJob(Source<Telemetry, ?, ?> telemetry, Sink<Directive> directives, ThermalJobOptions options) {
        this.telemetry = telemetry;
        this.directives = directives;
        this.options = options;
    }

    /** From and to one Kafka cluster. */
    public static ThermalJob onKafka(ThermalJobOptions options) {
        return new ThermalJob(
                KafkaSources.records(options, Topic.TELEMETRY, Telemetry.class),
                new KafkaSinks(options.bootstrapServers(), options.name())
                        .atLeastOnce(Topic.DIRECTIVES, Directive.class, Directive::getDevice),
                options);
    }

    /** Adds the job to an environment; does not start it. */
    public void build(StreamExecutionEnvironment env) {
        env.enableCheckpointing(options.checkpointInterval().toMillis());
        env.fromSource(telemetry, KafkaSources.eventTime(options, Telemetry::getMeasuredAtMicros), "telemetry")
                .uid("telemetry")
                .keyBy(Telemetry::getDevice, Types.STRING)
                .process(new ThermalFunction(options.law()), new AvroTypeInfo<>(Directive.class))
                .name("law")
                .uid("law")
                .sinkTo(directives)
                .name("directives")
                .uid("directives");
    }

    /** Reads the options and submits the job to the cluster it was started on. */
    public static void main(String[] args) throws Exception {
        JobMain.run(args, new ThermalJobOptions(), (options, env) -> onKafka(options)
                .build(env));
    }
}
