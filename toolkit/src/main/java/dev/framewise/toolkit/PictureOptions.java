package dev.framewise.toolkit;

import dev.framewise.toolkit.picture.FetchedFrames;
import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.quantize.Labels;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.asset.ClipAnnotations;
import dev.framewise.vision.detect.DetectorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of all commands that work with pictures: where they come from, and what is to be found in them. */
final class PictureOptions implements AutoCloseable {
    private static final int FRAMES = 1000;
    /** Low, as average precision wants: it is a curve over all scores. */
    private static final float LEAST_SCORE = 0.01f;

    @Option(
            names = {"--clip", "--pictures"},
            paramLabel = "CLIP|FOLDER|ADDRESS",
            required = true,
            description =
                    "A clip, by path or name in the catalog; a folder of pictures; frames of the topic, as "
                            + "kafka://HOST:PORT or kafka://HOST:PORT/CAMERA; or pictures of object storage, as s3://BUCKET/PREFIX")
    String source;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Annotations of these pictures in MOT format; known for clips of the catalog. Without any, "
                    + "detections are compared with the float model's")
    String labels;

    @Option(
            names = "--class",
            paramLabel = "INDEX",
            defaultValue = "0",
            description = "Class of the model that the labels are of, by index (default: 0, in COCO person)")
    int classId;

    @Option(names = "--head", paramLabel = "HEAD", description = "Head of the model, where it does not say so itself")
    String head;

    private Path fetched;

    /** Finds the pictures, fetching frames into a folder of their own where they come from a topic. */
    PictureSupply supply() throws IOException, InterruptedException {
        if (FetchedFrames.isAddress(source)) {
            fetched = Files.createTempDirectory("framewise-frames");
            FetchedFrames.into(fetched, source, FRAMES);
            return PictureSupply.of(fetched);
        }
        Path path = Path.of(source);
        return PictureSupply.of(
                Files.exists(path) || source.contains("/")
                        ? path
                        : AssetCatalog.standard().locate(source));
    }

    /** Finds the annotations. */
    Optional<Labels> labels(int pictures) throws IOException {
        if (labels != null) {
            Path path = Path.of(labels);
            boolean isPath =
                    Files.exists(path) || !AssetCatalog.standard().names().contains(labels);
            return Optional.of(
                    Labels.read(isPath ? path : AssetCatalog.standard().locate(labels), classId, pictures));
        }
        Optional<String> known = ClipAnnotations.of(source);
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(Labels.read(AssetCatalog.standard().locate(known.get()), classId, pictures));
    }

    /** How the model is to be read. */
    DetectorOptions detection() {
        DetectorOptions options =
                DetectorOptions.builder().scoreThreshold(LEAST_SCORE).build();
        return head == null ? options : options.toBuilder().head(head).build();
    }

    /** Removes what was fetched. */
    @Override
    public void close() throws IOException {
        if (fetched != null) {
            FetchedFrames.remove(fetched);
        }
    }
}
