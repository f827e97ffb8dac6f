package dev.framewise.operators.metric;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Every gauge that our operators register with Flink. Each has a line in docs/metrics.md, and a test fails where they differ. */
public enum OperatorGauge {
    /** How full batches are. */
    BATCH_OCCUPANCY(
            "batchOccupancy", "perception", "ratio", "share of a batch's slots that are filled, mean since the start"),
    /** What waits. */
    FRAMES_IN_FLIGHT("framesInFlight", "perception", "frames", "frames between arrival and row"),
    /** How much that is. */
    BYTES_IN_FLIGHT("bytesInFlight", "perception", "bytes", "their encoded pictures"),
    /** Which version frames go to. */
    LIVE_MODEL("liveModel", "perception", "text", "id, version and hash of the model that is live; of two, the newer"),
    /** How far a release agrees. */
    AGREEMENT(
            "agreement",
            "rollout",
            "ratio",
            "F1 of the boxes of a release and of the version in force, newest report; NaN before the first"),
    /** What was refused, and why. */
    LAST_REFUSED("lastRefused", "rollout", "text", "the release that was refused last, and why; empty for none");

    private final String metricName;
    private final String operator;
    private final String unit;
    private final String help;

    OperatorGauge(String metricName, String operator, String unit, String help) {
        this.metricName = metricName;
        this.operator = operator;
        this.unit = unit;
        this.help = help;
    }

    /** Registers the gauge; once per subtask, when its operator opens. Read by any thread. */
    public void in(MetricGroup group, Gauge<?> gauge) {
        group.gauge(metricName, gauge);
    }

    /** Its line in docs/metrics.md. */
    public String documentation() {
        return "| `" + metricName + "` | " + operator + " | " + unit + " | " + help + " |";
    }
}
