package dev.framewise.jobs;

import dev.framewise.operators.benchmark.BenchmarkFunction;
import dev.framewise.operators.sink.KafkaSinks;
import dev.framewise.operators.sink.ParquetSinks;
import dev.framewise.operators.sink.PrometheusSink;
import dev.framewise.schemas.BenchmarkRow;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.Telemetry;
import dev.framewise.schemas.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The continuous benchmark: samples and telemetry, joined by device and window, become rows for every sink given. */
public final class BenchmarkJob {
    private final Source<InferenceSample, ?, ?> samples;
    private final Source<Telemetry, ?, ?> telemetry;
    private final Map<String, Sink<BenchmarkRow>> sinks;
    private final BenchmarkOptions options;

    /**
     * @param sinks each gets all rows; the key is its name and uid
     */
    public BenchmarkJob(
            Source<InferenceSample, ?, ?> samples,
            Source<Telemetry, ?, ?> telemetry,
            Map<String, Sink<BenchmarkRow>> sinks,
            BenchmarkOptions options) {
        this.samples = samples;
        this.telemetry = telemetry;
        this.sinks = sinks;
        this.options = options;
    }

    /** From and to one Kafka cluster, and to Prometheus and object storage where the options say so. */
    public static BenchmarkJob onKafka(BenchmarkOptions options) {
        Map<String, Sink<BenchmarkRow>> sinks = new LinkedHashMap<>();
        sinks.put(
                "benchmarks",
                new KafkaSinks(options.bootstrapServers(), options.name())
                        .exactlyOnce(
                                Topic.BENCHMARKS,
                                BenchmarkRow.class,
                                row -> row.getDevice() + "|" + row.getModel() + "|" + row.getPrecision()));
        options.parquet().ifPresent(directory -> sinks.put("parquet", ParquetSinks.benchmarks(directory)));
        options.prometheusPort().ifPresent(port -> sinks.put("prometheus", new PrometheusSink(port)));
        return new BenchmarkJob(
                KafkaSources.records(options, Topic.SAMPLES, InferenceSample.class),
                KafkaSources.records(options, Topic.TELEMETRY, Telemetry.class),
                sinks,
                options);
    }

    /** Adds the job to an environment; does not start it. */
    public void build(StreamExecutionEnvironment env) {
        env.enableCheckpointing(options.checkpointInterval().toMillis());
        KeyedStream<Telemetry, String> boards = env.fromSource(
                        telemetry, KafkaSources.eventTime(options, Telemetry::getMeasuredAtMicros), "telemetry")
                .uid("telemetry")
                .keyBy(Telemetry::getDevice, Types.STRING);
        DataStream<BenchmarkRow> rows = env.fromSource(
                        samples, KafkaSources.eventTime(options, InferenceSample::getCapturedAtMicros), "samples")
                .uid("samples")
                .keyBy(InferenceSample::getDevice, Types.STRING)
                .connect(boards)
                .process(new BenchmarkFunction(options.window()), new AvroTypeInfo<>(BenchmarkRow.class))
                .name("windows")
                .uid("windows");
        // One subtask writes: rows are few, and a scraped page and a partition's file are each one thing.
        sinks.forEach((name, sink) -> rows.sinkTo(sink).name(name).uid(name).setParallelism(1));
    }

    /** Reads the options and submits the job to the cluster it was started on. */
    public static void main(String[] args) throws Exception {
        JobMain.run(
                args, new BenchmarkOptions(), (options, env) -> onKafka(options).build(env));
    }
}
