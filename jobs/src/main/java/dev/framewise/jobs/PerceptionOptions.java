package dev.framewise.jobs;

import dev.framewise.operators.inference.Overlap;
import dev.framewise.operators.inference.Tuning;
import dev.framewise.vision.detect.ModelDescription;
import dev.framewise.vision.provider.CpuOptions;
import dev.framewise.vision.provider.ProviderOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the {@link PerceptionJob}. */
@Command(
        name = "perception",
        description = "Detects and follows objects: frames in, tracks, ledger, samples and dead letters out.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class PerceptionOptions extends KafkaOptions<PerceptionOptions> {
    /** Of {@code --releases}: none are taken. */
    public static final String RELEASES_NONE = "none";

    private String model = "yolox-nano-416";
    private String head = "";
    private String classNames = "";
    private String releases;
    private List<ProviderOptions> providers = List.of(new CpuOptions());
    private boolean strict;
    private int maxBatch = Tuning.AUTO;
    private int intraOpThreads = 1;
    private Tuning.Aim aim = Tuning.Aim.THROUGHPUT;
    private Overlap overlap = Overlap.AUTO;
    private Duration batchBudget = Duration.ofMillis(20);
    private float scoreThreshold = 0.1f;
    private List<Integer> classes = List.of();

    @Mixin
    private FollowOptions follow = new FollowOptions(this);

    private Duration silence = Duration.ofSeconds(30);
    private Duration ledgerWindow = Duration.ofSeconds(10);

    public PerceptionOptions() {
        super("framewise-perception");
    }

    @Override
    PerceptionOptions self() {
        return this;
    }

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "yolox-nano-416",
            description = "ONNX file on every TaskManager, or a name of the asset catalog. Default: ${DEFAULT-VALUE}")
    public PerceptionOptions model(String value) {
        model = value;
        return this;
    }

    @Option(
            names = "--head",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Head of the model, such as yolov8, where the model does not tell. Default: what it tells")
    public PerceptionOptions head(String value) {
        try {
            head = value.isEmpty()
                    ? value
                    : ModelDescription.NONE.withHead(value).head().orElseThrow();
        } catch (IllegalArgumentException e) {
            require(/* holds= */ false, "--head", value, e.getMessage());
        }
        return this;
    }

    @Option(
            names = "--class-names",
            paramLabel = "FILE",
            defaultValue = "",
            description = "Names of the model's classes, one a line, on every TaskManager. Default: the model's own")
    public PerceptionOptions classNames(String value) {
        classNames = value;
        return this;
    }

    @Option(
            names = "--releases",
            paramLabel = "MODEL",
            description = "Model id whose releases in the topic models are tried and taken over while the job runs, or "
                    + RELEASES_NONE + ". Default: the model's name, a file's without .onnx")
    public PerceptionOptions releases(String value) {
        require(!value.isBlank(), "--releases", value, "a model id, or " + RELEASES_NONE);
        releases = value;
        return this;
    }

    @Option(
            names = "--providers",
            paramLabel = "LIST",
            defaultValue = "cpu",
            description = "Execution providers in order of preference, with their options, such as "
                    + "tensorrt:fp16=true,workspace=2GB,cuda,cpu; all are in docs/execution-providers.md. "
                    + "Default: ${DEFAULT-VALUE}")
    public PerceptionOptions providers(String value) {
        try {
            providers = ProviderOptions.parseList(value);
        } catch (IllegalArgumentException e) {
            require(/* holds= */ false, "--providers", value, e.getMessage());
        }
        return this;
    }

    @Option(
            names = "--strict",
            description = "Refuse to start without the first provider. Default: fall back, and say so")
    public PerceptionOptions strict(boolean value) {
        strict = value;
        return this;
    }

    @Option(
            names = "--max-batch",
            paramLabel = "N|auto",
            defaultValue = "auto",
            converter = NumberOrAuto.class,
            description =
                    "Key frames per batch, 1 to 256; auto measures at the start what is worth it on the machine and "
                            + "fits the budget. A model of fixed batch runs by that batch. Default: ${DEFAULT-VALUE}")
    public PerceptionOptions maxBatch(int value) {
        require(value >= Tuning.AUTO && value <= 256, "--max-batch", value, "1 to 256, or auto");
        maxBatch = value;
        return this;
    }

    @Option(
            names = "--intra-op-threads",
            paramLabel = "N|auto",
            defaultValue = "1",
            converter = NumberOrAuto.class,
            description = "Threads of one run, 1 to 256; auto measures at the start which number suits --aim. "
                    + "Default: ${DEFAULT-VALUE}")
    public PerceptionOptions intraOpThreads(int value) {
        require(value >= Tuning.AUTO && value <= 256, "--intra-op-threads", value, "1 to 256, or auto");
        intraOpThreads = value;
        return this;
    }

    @Option(
            names = "--aim",
            defaultValue = "THROUGHPUT",
            description = "What --intra-op-threads auto is chosen for: ${COMPLETION-CANDIDATES}. THROUGHPUT for busy "
                    + "machines, LATENCY for machines with cores to spare. Default: ${DEFAULT-VALUE}")
    public PerceptionOptions aim(Tuning.Aim value) {
        aim = value;
        return this;
    }

    @Option(
            names = "--overlap",
            defaultValue = "AUTO",
            description = "Decode the next batch while the network runs: ${COMPLETION-CANDIDATES}. AUTO does where it "
                    + "runs on a GPU; takes memory for a second session. Default: ${DEFAULT-VALUE}")
    public PerceptionOptions overlap(Overlap value) {
        overlap = value;
        return this;
    }

    @Option(
            names = "--batch-budget",
            paramLabel = "DURATION",
            defaultValue = "PT0.02S",
            description = "How long a key frame may wait for company, at least PT0.001S. Default: ${DEFAULT-VALUE}")
    public PerceptionOptions batchBudget(Duration value) {
        batchBudget = atLeast(Duration.ofMillis(1), value, "--batch-budget");
        return this;
    }

    @Option(
            names = "--score-threshold",
            defaultValue = "0.1",
            description = "Least score of a detection, 0 to 1. Default: ${DEFAULT-VALUE}")
    public PerceptionOptions scoreThreshold(float value) {
        require(value >= 0 && value <= 1, "--score-threshold", value, "0 to 1");
        scoreThreshold = value;
        return this;
    }

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "INDEX",
            description = "Class indices to follow, such as 0 for persons of a COCO model. Default: all")
    public PerceptionOptions classes(List<Integer> value) {
        classes = List.copyOf(value);
        return this;
    }

    /** The detector looks at one of N frames, at least 1. */
    public PerceptionOptions interval(int value) {
        follow.interval(value);
        return this;
    }

    /** The detector looks where the tracks ask for it, at no more than this share of a camera's frames. */
    public PerceptionOptions adaptive(double budget) {
        follow.adaptive(budget);
        return this;
    }

    /** Whether directives make the budget of {@link #adaptive} smaller. */
    public PerceptionOptions directives(boolean value) {
        follow.directives(value);
        return this;
    }

    /** Most skipped frames whose rows wait for the next key frame; 0 for none. */
    public PerceptionOptions delay(int frames) {
        follow.delay(frames);
        return this;
    }

    /** Sequence of the first key frame, 0 to N - 1. */
    public PerceptionOptions phase(int value) {
        follow.phase(value);
        return this;
    }

    /** The textbook's tracker instead of ours. */
    public PerceptionOptions byteTrack(double frameRate) {
        follow.kind(FollowOptions.Kind.BYTETRACK);
        follow.frameRate(frameRate);
        return this;
    }

    /** Objects are followed by CSRT where the TaskManagers can, see {@code --pixels}. */
    public PerceptionOptions csrt() {
        follow.pixels("csrt");
        return this;
    }

    /** Whether tracks are followed by the pixels of the pictures, too. */
    public PerceptionOptions pixels(boolean value) {
        follow.pixels(value);
        return this;
    }

    @Option(
            names = "--silence",
            paramLabel = "DURATION",
            defaultValue = "PT30S",
            description = "Event time without a frame after which a camera's tracks end. Default: ${DEFAULT-VALUE}")
    public PerceptionOptions silence(Duration value) {
        silence = atLeast(Duration.ofMillis(100), value, "--silence");
        return this;
    }

    @Option(
            names = "--ledger-window",
            paramLabel = "DURATION",
            defaultValue = "PT10S",
            description = "Length of a ledger window, event time. Default: ${DEFAULT-VALUE}")
    public PerceptionOptions ledgerWindow(Duration value) {
        ledgerWindow = atLeast(Duration.ofMillis(100), value, "--ledger-window");
        return this;
    }

    public String model() {
        return model;
    }

    public String head() {
        return head;
    }

    public String classNames() {
        return classNames;
    }

    /** Model id whose releases are followed; empty for none. */
    public Optional<String> releases() {
        if (releases != null) {
            return Optional.of(releases).filter(value -> !value.equals(RELEASES_NONE));
        }
        String name = model.substring(model.lastIndexOf('/') + 1);
        return Optional.of(name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name);
    }

    public List<ProviderOptions> providers() {
        return providers;
    }

    public boolean strict() {
        return strict;
    }

    public Overlap overlap() {
        return overlap;
    }

    public Duration batchBudget() {
        return batchBudget;
    }

    /** How the model is to be run: {@code --max-batch}, {@code --intra-op-threads}, {@code --aim}, {@code --batch-budget}. */
    public Tuning tuning() {
        return new Tuning(maxBatch, intraOpThreads, aim, batchBudget);
    }

    public float scoreThreshold() {
        return scoreThreshold;
    }

    boolean obeysDirectives() {
        return follow.obeysDirectives();
    }

    FollowOptions follow() {
        return follow;
    }

    public List<Integer> classes() {
        return classes;
    }

    public Duration silence() {
        return silence;
    }

    public Duration ledgerWindow() {
        return ledgerWindow;
    }
}
