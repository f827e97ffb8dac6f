package dev.framewise.local.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.framewise.schemas.Fate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A {@link DemoReport} as the JSON that {@code demo --report} promises; a figure that does not exist is null. */
public final class JsonReport {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonReport() {}

    /** Writes the file, replacing what was there. */
    public static void write(DemoReport report, Path file) throws IOException {
        MAPPER.writeValue(file.toFile(), of(report));
    }

    /** The document; keys as in the command line contract. */
    public static ObjectNode of(DemoReport report) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode cameras = root.putArray("cameras");
        report.cameras().forEach(camera -> put(cameras.addObject(), camera));
        ArrayNode devices = root.putArray("devices");
        report.devices().forEach(device -> put(devices.addObject(), device));
        ObjectNode cost = root.putObject("cpuMillisPerFrame");
        report.cpuMillisPerFrame().forEach((stage, millis) -> put(cost, stage, millis));
        put(root, "elapsedSeconds", report.elapsedSeconds());
        put(root, "firstTrackSeconds", report.firstTrackSeconds());
        ArrayNode problems = root.putArray("imbalances");
        report.imbalances().forEach(problems::add);
        return root;
    }

    private static void put(ObjectNode node, CameraReport camera) {
        node.put("camera", camera.camera());
        node.put("device", camera.device());
        node.put("captured", camera.captured());
        ObjectNode fates = node.putObject("fates");
        for (Fate fate : Fate.values()) {
            fates.put(word(fate), camera.fate(fate));
        }
        node.put("tracks", camera.tracks());
        put(node, "fps", camera.fps());
        ObjectNode latency = node.putObject("latencyMillis");
        put(latency, "p50", camera.latencyMillis().p50());
        put(latency, "p95", camera.latencyMillis().p95());
        put(latency, "p99", camera.latencyMillis().p99());
    }

    private static void put(ObjectNode node, DeviceReport device) {
        node.put("device", device.device());
        put(node, "peakCelsius", device.peakCelsius().orElse(Double.NaN));
        node.put("directives", device.directives());
        node.put("lowestFrameRateFactor", device.lowestFrameRateFactor());
        put(node, "fpsPerWatt", device.fpsPerWatt().orElse(Double.NaN));
        node.put("wattsSource", device.wattsSource().name().toLowerCase(Locale.ROOT));
    }

    /** The word of the design for a fate, such as {@code dead-lettered}. */
    private static String word(Fate fate) {
        return fate.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** NaN is no JSON. */
    private static void put(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }
}
