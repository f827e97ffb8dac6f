package dev.framewise.toolkit;

import dev.framewise.schemas.ModelRelease;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.publish.PlanOptions;
import dev.framewise.toolkit.publish.Provenance;
import dev.framewise.toolkit.publish.ReleaseChannel;
import dev.framewise.toolkit.report.OutcomeFiles;
import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.model.RefusedReleaseException;
import dev.framewise.vision.model.Release;
import dev.framewise.vision.model.ReleaseDraft;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private PlanOptions plan;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Bootstrap servers; left out: only the file is written")
    private String bootstrapServers;

    @Override
    public Integer call() throws ModelException, IOException, InterruptedException {
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
        plan.writeTo(draft);
        ModelRelease release = sensible((uri == null ? draft : draft.setUri(uri)).build());
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

    /** What the job would refuse unseen is not offered. */
    private ModelRelease sensible(ModelRelease release) {
        try {
            return Release.of(release).record();
        } catch (RefusedReleaseException e) {
            throw new ParameterException(spec.commandLine(), "not offered: " + e.getMessage(), e);
        }
    }
}
