package dev.framewise.operators.metric;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Every counter that our operators register with Flink, since the start of the subtask. Each has a line in docs/metrics.md,
 * and a test fails where they differ.
 */
public enum OperatorCounter {
    /** Batches that went through a model. */
    BATCHES("batches", "perception", "batches", "batches that went through the model"),
    /** Frames in them. */
    BATCHED_FRAMES("batchedFrames", "perception", "frames", "frames in them; over `batches`: the mean batch size"),
    /** How long they waited. */
    BATCH_WAIT_MICROS(
            "batchWaitMicros",
            "perception",
            "microseconds",
            "what the oldest frame of each batch waited for company; over `batches`: the mean wait"),
    /** How long they ran. */
    BATCH_RUN_MICROS(
            "batchRunMicros", "perception", "microseconds", "wall time of their runs; over `batches`: the mean run"),
    /** Promises that were broken. */
    BUDGET_VIOLATIONS(
            "budgetViolations",
            "perception",
            "batches",
            "batches whose oldest frame waited over 2 ms longer than its budget"),
    /** What an outage left. */
    BACKLOG_FRAMES(
            "backlogFrames",
            "perception",
            "frames",
            "frames that had waited on a gateway's disk and were followed in their camera's backlog lane"),
    /** Boxes that are none. */
    BOXES_NOT_FINITE(
            "boxesNotFinite",
            "perception",
            "boxes",
            "boxes of the model with an edge that is NaN or infinite, left out"),
    /** Boxes without an inside. */
    BOXES_WITHOUT_SIZE(
            "boxesWithoutSize",
            "perception",
            "boxes",
            "boxes of the model that end where they begin or before, left out"),
    /** Boxes of no probability. */
    BOXES_OF_ABSURD_SCORE(
            "boxesOfAbsurdScore", "perception", "boxes", "boxes of the model with a score outside 0 to 1, left out"),
    /** What both versions looked at. */
    SHADOW_FRAMES("shadowFrames", "rollout", "frames", "frames that a release and the version in force both looked at"),
    /** Steps forward. */
    PROMOTIONS(
            "promotions",
            "rollout",
            "decisions",
            "steps of releases to more cameras, the last to be accepted included"),
    /** Releases that were tried and found wanting. */
    REFUSALS("refusals", "rollout", "decisions", "releases that were refused; the newest is in `lastRefused`"),
    /** What came after its window was written. */
    LATE("late", "windows", "records", "samples and readings that came after their window was written, left out"),
    /** What tells nothing of now. */
    BACKLOG_SAMPLES(
            "backlogSamples",
            "windows",
            "records",
            "samples of frames that had waited on a gateway's disk, left out: their latency is that of the outage"),
    /** What is not of its topic's schema. */
    UNREADABLE_RECORDS(
            "unreadableRecords",
            "Source: samples, Source: telemetry, Source: directives; group deserializer",
            "records",
            "records that are not of their topic's schema, left out");

    private final String metricName;
    private final String operator;
    private final String unit;
    private final String help;

    OperatorCounter(String metricName, String operator, String unit, String help) {
        this.metricName = metricName;
        this.operator = operator;
        this.unit = unit;
        this.help = help;
    }

    /** Registers the counter; once per subtask, when its operator opens. */
    public Counter in(MetricGroup group) {
        return group.counter(metricName);
    }

    /** Its name within its operator's scope. */
    public String metricName() {
        return metricName;
    }

    /** Its line in docs/metrics.md. */
    public String documentation() {
        return "| `" + metricName + "` | " + operator + " | " + unit + " | " + help + " |";
    }
}
