package dev.framewise.gateway.edge;

import dev.framewise.gateway.board.BoardModel;
import dev.framewise.vision.provider.ExecutionProvider;
import dev.framewise.vision.provider.ProviderOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Settings for a board, and what others have published about it as reference: {@link #publishedFps()} is the network alone, without
 * capture, decode and tracking; {@link #watts()} is the most that its maker states.
 *
 * <p>Sources: FPS of YOLOX-Nano 416 on NCNN (Raspberry Pi 5, Jetson Nano) and of YOLOv8n 640 on TensorRT FP16 (Jetson Orin Nano):
 * github.com/Qengineering/YoloX-ncnn-Raspberry-Pi-4; of YOLOX-S on Hailo-8: github.com/Idein/aicast_jetson_benchmark; of SSD MobileNet
 * v2 on the Coral Dev Board, 14 ms: coral.ai/docs/edgetpu/benchmarks. Watts: the makers' data sheets.
 */
enum EdgePreset {
    PI5("raspberry-pi-5", "", 640, 480, 320, 3, 4, 0.25f, 0.45f, "cpu", 34.2, "YOLOX-Nano 416, NCNN", 12),
    JETSON_NANO(
            "jetson-nano",
            "",
            640,
            480,
            416,
            3,
            4,
            0.35f,
            0.45f,
            "tensorrt:fp16=true",
            22.6,
            "YOLOX-Nano 416, NCNN",
            10),
    ORIN(
            "jetson-orin-nano",
            "",
            640,
            480,
            640,
            1,
            4,
            0.35f,
            0.45f,
            "tensorrt:fp16=true",
            100,
            "YOLOv8n 640, TensorRT FP16",
            15),
    AGX_ORIN("jetson-agx-orin", "", 1280, 720, 640, 1, 4, 0.35f, 0.45f, "tensorrt:fp16=true", Double.NaN, "", 60),
    CORAL(
            "coral-dev-board",
            "the Edge TPU's runtime (libedgetpu, TensorFlow Lite models compiled for it)",
            640,
            480,
            300,
            1,
            1,
            0.35f,
            0.45f,
            "cpu",
            1000 / 14.0,
            "SSD MobileNet v2, INT8",
            2),
    HAILO8(
            "hailo-8",
            "HailoRT and a network compiled for it (.hef)",
            640,
            480,
            640,
            1,
            1,
            0.35f,
            0.45f,
            "cpu",
            250.5,
            "YOLOX-S 640, INT8",
            2.5);

    private final String board;
    private final String foreignRuntime;
    private final int width;
    private final int height;
    private final int input;
    private final int interval;
    private final int threads;
    private final float score;
    private final float nms;
    private final String providers;
    private final double publishedFps;
    private final String publishedFor;
    private final double watts;

    EdgePreset(
            String board,
            String foreignRuntime,
            int width,
            int height,
            int input,
            int interval,
            int threads,
            float score,
            float nms,
            String providers,
            double publishedFps,
            String publishedFor,
            double watts) {
        this.board = board;
        this.foreignRuntime = foreignRuntime;
        this.width = width;
        this.height = height;
        this.input = input;
        this.interval = interval;
        this.threads = threads;
        this.score = score;
        this.nms = nms;
        this.providers = providers;
        this.publishedFps = publishedFps;
        this.publishedFor = publishedFor;
        this.watts = watts;
    }

    /** As on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a local camera is asked for, pixels. */
    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Side of the network's input that suits the board, pixels. */
    int input() {
        return input;
    }

    /** The detector looks at one of so many frames. */
    int interval() {
        return interval;
    }

    int threads() {
        return threads;
    }

    /** Least score, 0 to 1. */
    float score() {
        return score;
    }

    /** IoU from which the weaker of two boxes goes, 0 to 1. */
    float nms() {
        return nms;
    }

    List<ProviderOptions> providers() {
        return ProviderOptions.parseList(providers);
    }

    /** Frames a second that others have published; NaN where we know of no figure. */
    double publishedFps() {
        return publishedFps;
    }

    /** Of which network. */
    String publishedFor() {
        return publishedFor;
    }

    /** The most that it draws, watts; of an accelerator, the accelerator alone. */
    double watts() {
        return watts;
    }

    /** What speaks against it on this machine; empty where nothing does. */
    Optional<String> refusal(BoardModel machine) {
        if (!foreignRuntime.isEmpty()) {
            return Optional.of("preset " + id() + " needs " + foreignRuntime
                    + ", which this Framewise cannot run: it runs"
                    + " ONNX models. Its figures are here as reference; on this machine try " + fitting(machine));
        }
        boolean needsNvidia = providers().get(0).provider() == ExecutionProvider.TENSORRT;
        if (needsNvidia && !machine.profile().startsWith("jetson")) {
            return Optional.of("preset " + id() + " needs a Jetson with TensorRT; this machine is "
                    + (machine.name().isEmpty() ? "unknown" : machine.name()) + ". Here try " + fitting(machine));
        }
        return Optional.empty();
    }

    private static String fitting(BoardModel machine) {
        return Arrays.stream(values())
                .filter(preset ->
                        preset.foreignRuntime.isEmpty() && machine.profile().equals(preset.board))
                .findFirst()
                .map(preset -> "--preset " + preset.id())
                .orElse("--preset pi5, which needs nothing but a CPU, or none");
    }

    static Optional<EdgePreset> find(String id) {
        return Arrays.stream(values()).filter(preset -> preset.id().equals(id)).findFirst();
    }

    /** All of them with their reference figures, a line each. */
    static String table() {
        return Arrays.stream(values())
                .map(preset -> String.format(
                        Locale.ROOT,
                        "%-12s camera %dx%d, network %d, one of %d, %s; published: %s; at most %.1f W",
                        preset.id(),
                        preset.width,
                        preset.height,
                        preset.input,
                        preset.interval,
                        preset.foreignRuntime.isEmpty() ? preset.providers : "not run here",
                        Double.isNaN(preset.publishedFps)
                                ? "none"
                                : String.format(Locale.ROOT, "%.1f FPS (%s)", preset.publishedFps, preset.publishedFor),
                        preset.watts))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
