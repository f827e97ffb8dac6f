package dev.framewise.gateway.edge;

import dev.framewise.gateway.board.BoardModel;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.detect.ModelInfo;
import dev.framewise.vision.provider.ExecutionProvider;
import dev.framewise.vision.provider.ProviderOptions;
import dev.framewise.vision.track.AdaptiveCadence;
import dev.framewise.vision.track.Cadence;
import dev.framewise.vision.track.FixedCadence;
import dev.framewise.vision.track.LookBudget;
import dev.framewise.vision.track.SkipTracker;
import dev.framewise.vision.track.SkipTrackerOptions;
import dev.framewise.vision.track.Tracker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What detects and tracks: options of the command line over those of a preset over defaults. */
final class SeeingOptions {
    private static final String ADAPTIVE = "adaptive";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--model",
            paramLabel = "M",
            defaultValue = "yolox-nano-416",
            description = "ONNX file, or name in the catalog. Default: ${DEFAULT-VALUE}")
    private String model;

    @Option(names = "--preset", paramLabel = "P", description = "Settings for a board; --presets lists them")
    private String presetName;

    @Option(
            names = "--interval",
            paramLabel = "N",
            description =
                    "The detector looks at one of N frames; 'adaptive': when the tracks ask for it. Default: the preset's, else 1")
    private String interval;

    @Option(
            names = "--budget",
            paramLabel = "R",
            defaultValue = "0.333",
            description =
                    "Share of the frames that 'adaptive' may look at, above 0, at most 1. Default: ${DEFAULT-VALUE}")
    private double budget;

    @Option(names = "--threads", paramLabel = "N", description = "Of the network. Default: the preset's, else 1")
    private Integer threads;

    @Option(
            names = "--providers",
            paramLabel = "LIST",
            description = "Execution providers, see docs/execution-providers.md. Default: the preset's, else cpu")
    private String providers;

    @Option(names = "--score", paramLabel = "S", description = "Least score, 0 to 1. Default: the preset's, else 0.1")
    private Float score;

    @Option(
            names = "--classes",
            paramLabel = "I",
            split = ",",
            description = "Class indices, such as 0 for person. Default: all")
    private Set<Integer> classes = Set.of();

    Optional<EdgePreset> preset() {
        if (presetName == null) {
            return Optional.empty();
        }
        return Optional.of(EdgePreset.find(presetName)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        "--preset is " + presetName + "; --presets lists those that there are")));
    }

    /** Why the preset cannot be had on this machine; empty where it can, or where there is none. */
    Optional<String> refusal(BoardModel machine) {
        return preset().flatMap(preset -> preset.refusal(machine));
    }

    /** Whether the first provider is what the preset is about: without it, it is another preset. */
    boolean needsItsProvider() {
        return preset().isPresent()
                && preset().get().providers().get(0).provider() != ExecutionProvider.CPU
                && providers == null;
    }

    CameraSettings.Wish wish() {
        return preset().map(
                        preset -> new CameraSettings.Wish(preset.width(), preset.height(), /* framesPerSecond= */ 0))
                .orElse(CameraSettings.Wish.NONE);
    }

    /** Opens the detector. */
    Detector open() throws ModelException {
        DetectorOptions defaults = DetectorOptions.defaults();
        List<ProviderOptions> wanted = providers != null
                ? ProviderOptions.parseList(providers)
                : preset().map(EdgePreset::providers).orElse(defaults.providers());
        try {
            return Detector.open(
                    file(),
                    DetectorOptions.builder()
                            .providers(wanted)
                            .strict(needsItsProvider())
                            .intraOpThreads(
                                    threads != null
                                            ? threads
                                            : preset().map(EdgePreset::threads).orElse(1))
                            .scoreThreshold(
                                    score != null
                                            ? score
                                            : preset().map(EdgePreset::score).orElse(defaults.scoreThreshold()))
                            .nmsThreshold(preset().map(EdgePreset::nms).orElse(defaults.nmsThreshold()))
                            .classes(classes.toArray(Integer[]::new))
                            .build());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private Path file() {
        Path path = Path.of(model);
        return Files.isRegularFile(path) ? path : AssetCatalog.standard().locate(model);
    }

    private boolean isAdaptive() {
        return ADAPTIVE.equalsIgnoreCase(interval);
    }

    private int frames() {
        if (isAdaptive()) {
            return Math.max(2, (int) Math.round(1 / budget));
        }
        if (interval == null) {
            return preset().map(EdgePreset::interval).orElse(1);
        }
        try {
            int value = Integer.parseInt(interval);
            if (value >= 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refusedInterval(e);
        }
        throw refusedInterval(null);
    }

    private ParameterException refusedInterval(Throwable cause) {
        return new ParameterException(
                command.commandLine(), "--interval is " + interval + "; allowed: 1 or more, or adaptive", cause);
    }

    Cadence cadence() {
        if (!(budget > 0 && budget <= 1)) {
            throw new ParameterException(
                    command.commandLine(), "--budget is " + budget + "; allowed: above 0, at most 1");
        }
        return isAdaptive()
                ? new AdaptiveCadence(LookBudget.shareOfFrames(budget))
                : new FixedCadence(frames(), /* phase= */ 0);
    }

    Tracker tracker() {
        return new SkipTracker(
                SkipTrackerOptions.of(/* pixels= */ true, frames()).withWatchesChange(isAdaptive()));
    }

    /** For people. */
    String text(ModelInfo info) {
        return info.name() + " " + info.inputWidth() + "x" + info.inputHeight() + " " + info.precision() + " on "
                + info.provider() + ", one of " + (isAdaptive() ? "as many as the tracks ask for" : frames())
                + preset().map(preset -> fits(preset, info)).orElse("");
    }

    private static String fits(EdgePreset preset, ModelInfo info) {
        return info.inputWidth() <= preset.input()
                ? ""
                : " (preset " + preset.id() + " is meant for a network of " + preset.input()
                        + ": 'framewise model' makes smaller ones)";
    }
}
