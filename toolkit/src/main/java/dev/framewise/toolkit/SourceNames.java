package dev.framewise.toolkit;

import dev.framewise.toolkit.distil.ClipFrames;
import dev.framewise.toolkit.distil.DetectorTest;
import dev.framewise.toolkit.distil.FolderFrames;
import dev.framewise.toolkit.distil.FrameSource;
import dev.framewise.toolkit.picture.FetchedFrames;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.asset.ClipAnnotations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sources of frames as the command line names them: a clip by its name in the catalog or its path, perhaps with a range of frames
 * behind a colon, a folder of pictures, or an address that frames are fetched from.
 *
 * @param limit most frames of a source
 * @param fetched folder for what is fetched, a folder below it for each address
 */
record SourceNames(AssetCatalog catalog, int limit, Path fetched) {
    private static final Pattern RANGE = Pattern.compile("(.+):(\\d+)-(\\d+)");

    /** A clip and a range of its frames. */
    private record Part(String clip, int first, int last) {
        static Part of(String name) {
            Matcher range = RANGE.matcher(name);
            return range.matches()
                    ? new Part(range.group(1), Integer.parseInt(range.group(2)), Integer.parseInt(range.group(3)))
                    : new Part(name, 1, Integer.MAX_VALUE);
        }
    }

    /**
     * A source.
     *
     * @throws IllegalArgumentException if the range is empty, or an address is that of more than one camera
     * @throws IOException if frames cannot be fetched
     */
    FrameSource source(String name) throws IOException, InterruptedException {
        if (FetchedFrames.isAddress(name)) {
            URI address = URI.create(name);
            if (address.getPath() == null || address.getPath().length() < 2) {
                throw new IllegalArgumentException("--frames " + name
                        + ": names no camera, and one source is one camera; allowed: " + FetchedFrames.ADDRESSES);
            }
            Path folder = fetched.resolve(name.replaceAll("[^A-Za-z0-9._-]+", "_"));
            FetchedFrames.once(folder, name, limit);
            return new FolderFrames(name, folder, limit);
        }
        if (Files.isDirectory(Path.of(name))) {
            return new FolderFrames(name, Path.of(name), limit);
        }
        Part part = Part.of(name);
        return new ClipFrames(name, file(part.clip), part.first, part.last, limit);
    }

    /**
     * Annotated frames.
     *
     * @param truth the annotations' file; null for those of the catalog
     * @throws IllegalArgumentException if the range is empty, or the catalog has no annotations of that clip
     */
    DetectorTest test(String name, String truth) {
        Part part = Part.of(name);
        if (part.first < 1 || part.last < part.first) {
            throw new IllegalArgumentException(
                    "--test " + name + ": frames count from 1, and the last follows the first");
        }
        Path annotations = truth == null
                ? catalog.locate(ClipAnnotations.of(part.clip)
                        .orElseThrow(() -> new IllegalArgumentException("--test " + name
                                + ": the catalog has no annotations of this clip; name them with --truth")))
                : file(truth);
        return new DetectorTest(name, file(part.clip), part.first, part.last, annotations);
    }

    private Path file(String name) {
        return Files.isRegularFile(Path.of(name)) ? Path.of(name) : catalog.locate(name);
    }
}
