package dev.framewise.toolkit.distil;

import dev.framewise.vision.image.ClipReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Frames of a clip, at most so many, evenly spaced.
 *
 * @param file the clip
 * @param first first frame, from 1
 * @param last last frame, {@link Integer#MAX_VALUE} for the clip's
 * @param limit most frames that are read, at least 1
 */
public record ClipFrames(String name, Path file, int first, int last, int limit) implements FrameSource {
    public ClipFrames {
        if (first < 1 || last < first || limit < 1) {
            throw new IllegalArgumentException(name + ": frames " + first + " to " + last + ", at most " + limit
                    + "; allowed: from 1, last from first");
        }
    }

    @Override
    public void read(FrameReader reader) throws IOException {
        try (ClipReader clip = ClipReader.open(file)) {
            int end = Math.min(last, clip.frameCount().orElse(last));
            double step = Math.max(1, (end - first + 1.0) / limit);
            int read = 0;
            while (clip.advance() && clip.index() < end) {
                if (clip.index() + 1 >= first + read * step) {
                    reader.frame(clip.image());
                    read++;
                }
            }
            if (read == 0) {
                throw new IOException(file + ": has no frames from " + first + " to " + last);
            }
        }
    }
}
