package dev.framewise.toolkit;

import dev.framewise.toolkit.classify.PersonCrops;
import dev.framewise.vision.asset.AssetCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewise model crops}: annotated objects of a clip as folders of pictures, to try a classifier on. */
@Command(
        name = "crops",
        description = "Cuts annotated objects out of a clip: a folder of pictures for each identity.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class CropsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--clip",
            paramLabel = "CLIP",
            defaultValue = "pets09-s2l1",
            description = "Name in the asset catalog, or a path. Default: ${DEFAULT-VALUE}")
    private String clip;

    @Option(names = "--truth", paramLabel = "FILE", description = "Annotations in MOT format. Default: the catalog's")
    private String truth;

    @Option(
            names = "--split",
            paramLabel = "N",
            defaultValue = "500",
            description = "Frames up to this one go to the folder train, later ones to test. Default: ${DEFAULT-VALUE}")
    private int split;

    @Option(
            names = "--blocks",
            paramLabel = "N",
            description =
                    "Instead of --split: blocks of N frames go to train and test in turns, a fifth of each left out, so that"
                            + " everybody is learned who is tried")
    private Integer blocks;

    @Option(
            names = "--every",
            paramLabel = "N",
            defaultValue = "2",
            description = "Look at one of N frames. Default: ${DEFAULT-VALUE}")
    private int every;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the folders train and test go")
    private Path out;

    @Override
    public Integer call() throws IOException {
        if (every < 1 || (blocks != null && blocks < 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--every is " + every + ", --blocks is " + blocks + "; allowed: from 1");
        }
        PersonCrops.Split how = blocks == null ? PersonCrops.Split.at(split) : PersonCrops.Split.blocks(blocks);
        SourceNames names = new SourceNames(AssetCatalog.standard(), /* limit= */ 1, out);
        int count;
        try {
            var annotated = names.test(clip, truth);
            count = PersonCrops.cut(annotated.clip(), annotated.truth(), how, every, out);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        spec.commandLine().getOut().println(count + " pictures in " + out);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
