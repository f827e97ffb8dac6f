package dev.framewise.benchmarks.inference;

import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.JpegEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pictures of a clip as a gateway sends them. */
public final class ClipPictures {
    private ClipPictures() {}

    /**
     * The first pictures, or all if there are fewer.
     *
     * @return JPEG files, at the gateway's standard quality
     */
    public static List<byte[]> jpegs(Path clip, int most) throws IOException {
        List<byte[]> jpegs = new ArrayList<>();
        try (ClipReader reader = ClipReader.open(clip);
                JpegEncoder encoder = new JpegEncoder(CameraSettings.DEFAULT_JPEG_QUALITY)) {
            while (jpegs.size() < most && reader.advance()) {
                jpegs.add(encoder.encode(reader.picture()));
            }
        }
        return jpegs;
    }
}
