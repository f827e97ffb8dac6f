package dev.framewise.toolkit;

import dev.framewise.schemas.ModelRelease;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.publish.Provenance;
import dev.framewise.toolkit.publish.ReleaseChannel;
import dev.framewise.toolkit.report.OutcomeFiles;
import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.model.ReleaseDraft;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewise model publish}: offers a model to the running job, which tries it beside the one in force. */
@Command(
        name = "publish",
        description = "Writes where a model comes from into it, and offers it on the topic models.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class PublishCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "An ONNX file")
    private String model;

    @Option(names = "--model", paramLabel = "ID", required = true, description = "Model id, as the job knows it")
    private String id;

    @Option(
            names = "--release",
            paramLabel = "VERSION",
            required = true,
            description = "Version, unique for this model")
    private String version;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Where the job fetches it; written whole or not at all")
    private Path out;

    @Option(
            names = "--uri",
            paramLabel = "URI",
            description = "Address of that file for the job, such as s3://models/x.onnx (default: the file itself)")
    private String uri;

    @Option(names = "--gate", paramLabel = "FILE", description = "What gate --json wrote of this very model")
    private Path gate;

    @Option(names = "--ungated", description = "Publish without a gate")
    private boolean ungated;

    @Option(
            names = "--shadow-share",
            paramLabel = "R",
            description = "Share of the key frames that old and new version both look at, above 0 to 1 (default: 0.1)")
    private Double shadowShare;

    @Option(
            names = "--shadow-frames",
            paramLabel = "N",
            description = "Frames compared before it sees anything live, from 1 (default: 100)")
    private Integer shadowFrames;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Bootstrap servers; left out: only the file is written")
    private String bootstrapServers;

    @Override
    public Integer call() throws ModelException, IOException, InterruptedException {
        requireAllowed();
        Path file = NamedModel.find(model);
        Graph graph = Graph.of(ModelStore.read(file));
        if (graph.metadata().containsKey(OutcomeFiles.REFUSED)) {
            throw new ModelException(file + ": was refused when it was made: "
                    + graph.metadata().get(OutcomeFiles.REFUSED) + ". It is not published.");
        }
        if (gate == null && !ungated) {
            throw new ModelException(
                    file
                            + ": no gate has let it pass. Run model gate --json and give its file with --gate, or say --ungated.");
        }
        Provenance.write(graph, Fingerprint.of(file).sha256(), Optional.ofNullable(gate));
        ModelStore.write(out, graph.toModel());
        ModelRelease.Builder draft = ReleaseDraft.of(id, version, out);
        if (shadowShare != null) {
            draft.setShadowShare(shadowShare);
        }
        if (shadowFrames != null) {
            draft.setLeastShadowFrames(shadowFrames);
        }
        ModelRelease release = (uri == null ? draft : draft.setUri(uri)).build();
        if (bootstrapServers != null) {
            ServiceLoader.load(ReleaseChannel.class)
                    .findFirst()
                    .orElseThrow(() ->
                            new IOException("nothing here brings releases to Kafka: use ./framewise model publish"))
                    .publish(bootstrapServers, release);
        }
        spec.commandLine()
                .getOut()
                .println(id + " " + version + ": " + release.getSizeBytes() + " bytes, SHA-256 " + release.getSha256()
                        + ", "
                        + release.getPrecision() + ", at " + release.getUri()
                        + (bootstrapServers == null
                                ? "; not offered, for want of --kafka"
                                : "; offered on the topic models"));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void requireAllowed() {
        if (shadowShare != null && !(shadowShare > 0 && shadowShare <= 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--shadow-share is " + shadowShare + "; allowed: above 0 to 1");
        }
        if (shadowFrames != null && shadowFrames < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--shadow-frames is " + shadowFrames + "; allowed: from 1");
        }
    }
}
