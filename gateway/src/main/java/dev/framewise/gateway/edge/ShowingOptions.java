package dev.framewise.gateway.edge;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the overlay and the figures go. */
final class ShowingOptions {
    @Option(
            names = "--page",
            paramLabel = "PORT",
            description = "Show the overlay on a page of localhost; 0 for any free port")
    private Integer page;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the overlay to a file of motion JPEG, such as seen.mjpeg")
    private Path file;

    @Option(names = "--window", description = "Show the overlay in a window, where there is a display")
    private boolean window;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON")
    private Path json;

    /** Why it cannot be shown as asked; empty where it can. */
    Optional<String> refusal() {
        String why = window ? EdgeWindow.whyNot() : "";
        return why.isEmpty() ? Optional.empty() : Optional.of("--window: " + why + "; try --page 8080 or --out FILE");
    }

    /** Opens what was asked for; empty where nothing was. */
    Optional<Overlay> overlay(List<String> classNames, PrintWriter out) throws IOException {
        List<Overlay.Screen> screens = new ArrayList<>();
        if (file != null) {
            screens.add(new OverlayFile(file));
        }
        if (page != null) {
            OverlayPage shown = new OverlayPage(page);
            out.println("edge: http://127.0.0.1:" + shown.port() + "/");
            screens.add(shown);
        }
        if (window) {
            screens.add(new EdgeWindow());
        }
        return screens.isEmpty() ? Optional.empty() : Optional.of(new Overlay(screens, classNames));
    }

    /** Tells the figures against what is published of the preset's board. */
    void report(EdgeStats stats, Optional<EdgePreset> preset, PrintWriter out) throws IOException {
        Optional<EdgePreset> known = preset.filter(of -> !Double.isNaN(of.publishedFps()));
        known.ifPresent(of -> out.println(String.format(
                Locale.ROOT,
                "published for %s: %.1f FPS (%s, the network alone); here, all of it: %.2f of that; %.1f W (%s)",
                of.id(),
                of.publishedFps(),
                of.publishedFor(),
                stats.maxFps() / of.publishedFps(),
                of.watts(),
                of.wattsFrom())));
        out.flush();
        if (json == null) {
            return;
        }
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        ArrayNode figures = root.putArray("figures");
        ObjectNode highest = add(figures, "edge.fps.max", stats.maxFps(), "frames a second, mean over 30");
        known.ifPresent(of -> highest.put("against", "published for " + of.id() + ", " + of.publishedFor())
                .put("ratio", stats.maxFps() / of.publishedFps()));
        add(figures, "edge.fps.last", stats.meanFps(), "frames a second, mean over the last 30");
        add(figures, "edge.latency.minMillis", stats.minLatencyMillis(), "ms, camera to tracks");
        add(figures, "edge.frames", (double) stats.frames(), "frames");
        add(figures, "edge.frames.looked", (double) stats.looked(), "frames that the detector looked at");
        mapper.writerWithDefaultPrettyPrinter().writeValue(json.toFile(), root);
    }

    private static ObjectNode add(ArrayNode figures, String name, double value, String unit) {
        ObjectNode figure = figures.addObject().put("name", name);
        return (Double.isNaN(value) ? figure.putNull("value") : figure.put("value", value)).put("unit", unit);
    }
}
