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
 * capture, decode and tracking; {@link #watts()} is what its maker states, the most it
 * draws or what {@link #wattsFrom()} says.
 *
 * <p>Sources: FPS of YOLOX-Nano 416 on NCNN (Raspberry Pi 5, Jetson Nano) and of YOLOv8n 640 on TensorRT FP16 (Jetson Orin Nano):
 * github.com/Qengineering/YoloX-ncnn-Raspberry-Pi-4; of YOLOX-S on Hailo-8: github.com/Idein/aicast_jetson_benchmark; of SSD MobileNet
 * v2 on the Coral Dev Board, 14 ms: coral.ai/docs/edgetpu/benchmarks.
 *
 * <p>Immutable; from any thread.
 */
public enum EdgePreset {
    /** Raspberry Pi 5: the network on the CPU. */
    PI5(
            "raspberry-pi-5",
            "",
            640,
            480,
            320,
            3,
            4,
            0.25f,
            0.45f,
            "cpu",
            34.2,
            "YOLOX-Nano 416, NCNN",
            27,
            "Raspberry Pi documentation: the supply for a Raspberry Pi 5"),
    /** Jetson Nano of 2019. */
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
            10,
            "NVIDIA, Jetson Nano module data sheet: power modes of 5 and 10 W"),
    /** Jetson Orin Nano. */
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
            15,
            "NVIDIA, Jetson Orin Nano series data sheet: 7 to 15 W"),
    /** Jetson AGX Orin. */
    AGX_ORIN(
            "jetson-agx-orin",
            "",
            1280,
            720,
            640,
            1,
            4,
            0.35f,
            0.45f,
            "tensorrt:fp16=true",
            Double.NaN,
            "",
            60,
            "NVIDIA, Jetson AGX Orin series data sheet: maximum module power of the 64 GB module"),
    /** Coral Dev Board: reference only. */
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
            2,
            "Coral, Edge TPU data sheet: 4 TOPS at 2 TOPS a watt"),
    /** Hailo-8: reference only. */
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
            2.5,
            "Hailo, Hailo-8 product brief: typical power");

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
    private final String wattsFrom;

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
            double watts,
            String wattsFrom) {
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
        this.wattsFrom = wattsFrom;
    }

    /** As on the command line. */
    public String id() {
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
    public double publishedFps() {
        return publishedFps;
    }

    /** Of which network. */
    public String publishedFor() {
        return publishedFor;
    }

    /** What its maker states, watts; of an accelerator, the accelerator alone. */
    public double watts() {
        return watts;
    }

    /** Who states those watts, and as what. */
    public String wattsFrom() {
        return wattsFrom;
    }

    /** The preset of a board; empty where it is none of these. */
    static Optional<EdgePreset> of(BoardModel machine) {
        return Arrays.stream(values())
                .filter(preset ->
                        preset.foreignRuntime.isEmpty() && machine.profile().equals(preset.board))
                .findFirst();
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
        return of(machine)
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
                        "%-12s camera %dx%d, network %d, one of %d, %s; published: %s; %.1f W (%s)",
                        preset.id(),
                        preset.width,
                        preset.height,
                        preset.input,
                        preset.interval,
                        preset.foreignRuntime.isEmpty() ? preset.providers : "not run here",
                        Double.isNaN(preset.publishedFps)
                                ? "none"
                                : String.format(Locale.ROOT, "%.1f FPS (%s)", preset.publishedFps, preset.publishedFor),
                        preset.watts,
                        preset.wattsFrom))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
