package dev.framewise.benchmarks.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.framewise.benchmarks.Figure;
import dev.framewise.gateway.edge.EdgeCommand;
import dev.framewise.gateway.edge.EdgePreset;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** How fast the device's own loop is here, looking at every frame, beside what others have published of boards. */
final class EdgeReference {
    private static final String CLIP = "pets09-s2l1";
    private static final int FRAMES = 200;

    private EdgeReference() {}

    /**
     * Runs the loop once.
     *
     * @throws IOException if it cannot run; the message is its own
     */
    static List<Figure> run() throws IOException {
        Path json = Files.createTempFile("framewise-edge", ".json");
        try {
            StringWriter said = new StringWriter();
            int code = new CommandLine(new EdgeCommand())
                    .setOut(new PrintWriter(said))
                    .setErr(new PrintWriter(said))
                    .execute(
                            "--source",
                            CLIP,
                            "--pace",
                            "FAST",
                            "--interval",
                            "1",
                            "--frames",
                            Integer.toString(FRAMES),
                            "--json",
                            json.toString());
            if (code != 0) {
                throw new IOException("edge ended with " + code + ": " + said);
            }
            return figures(value(json, "edge.fps.max"));
        } finally {
            Files.delete(json);
        }
    }

    private static List<Figure> figures(double framesPerSecond) {
        List<Figure> figures = new ArrayList<>();
        String unit = "frames a second, capture to tracks, every frame looked at";
        figures.add(Figure.of("gateway.edge.fps", framesPerSecond, unit));
        for (EdgePreset preset : EdgePreset.values()) {
            if (!Double.isNaN(preset.publishedFps())) {
                String published = String.format(
                        Locale.ROOT,
                        "published for %s: %.1f, %s",
                        preset.id(),
                        preset.publishedFps(),
                        preset.publishedFor());
                figures.add(Figure.of("gateway.edge.fps." + preset.id(), framesPerSecond, "frames a second")
                        .against(published, preset.publishedFps()));
            }
            figures.add(Figure.of("gateway.edge.watts." + preset.id(), preset.watts(), "W, " + preset.wattsFrom()));
        }
        return figures;
    }

    private static double value(Path json, String name) throws IOException {
        for (JsonNode figure : new ObjectMapper().readTree(json.toFile()).get("figures")) {
            if (figure.get("name").asText().equals(name)) {
                return figure.get("value").asDouble();
            }
        }
        throw new IOException(json + " holds no " + name);
    }
}
