package dev.framewise.toolkit.classify;

import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.ClipReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * Cuts annotated objects out of a clip: one folder for each identity below {@code train} or {@code test}, one PNG file for each box. Boxes
 * that reach beyond the frame or are under 16 pixels wide or 32 high are left out.
 */
public final class PersonCrops {
    private static final int MIN_WIDTH = 16;
    private static final int MIN_HEIGHT = 32;

    /** Which frames are learned from and which are tried. */
    @FunctionalInterface
    public interface Split {
        /** Where a frame goes: {@code train}, {@code test} or nowhere. */
        Optional<String> folder(int frame);

        /** Frames up to one are learned, later ones tried: who comes later is never learned. */
        static Split at(int last) {
            return frame -> Optional.of(frame <= last ? "train" : "test");
        }

        /** Blocks of frames in turns; the first fifth of each is left out, so that no tried picture has a learned neighbour. */
        static Split blocks(int length) {
            return frame -> frame % length < length / 5
                    ? Optional.empty()
                    : Optional.of(frame / length % 2 == 0 ? "train" : "test");
        }
    }

    private PersonCrops() {}

    /**
     * Cuts.
     *
     * @param truth annotations in MOT format
     * @param split says which frames go where
     * @param every frames between two that are cut, at least 1: neighbours hardly differ
     * @param out gets the folders {@code train} and {@code test}
     * @return how many pictures there are
     */
    public static int cut(Path clip, Path truth, Split split, int every, Path out) throws IOException {
        Map<Integer, List<MotRow>> rows = MotFormat.readTracks(truth).stream()
                .filter(row -> (int) row.confidence() != 0)
                .collect(Collectors.groupingBy(MotRow::frame));
        int count = 0;
        try (ClipReader reader = ClipReader.open(clip)) {
            while (reader.advance()) {
                int frame = (int) reader.index() + 1;
                Optional<String> folder = split.folder(frame);
                if (frame % every == 0 && folder.isPresent()) {
                    Path half = out.resolve(folder.get());
                    for (MotRow row : rows.getOrDefault(frame, List.of())) {
                        count += write(reader.image(), row, half) ? 1 : 0;
                    }
                }
            }
        }
        if (count == 0) {
            throw new IOException(truth + ": has no whole boxes in the frames of " + clip);
        }
        return count;
    }

    private static boolean write(BgrImage image, MotRow row, Path folder) throws IOException {
        int x = (int) Math.round(row.x());
        int y = (int) Math.round(row.y());
        int width = (int) Math.round(row.width());
        int height = (int) Math.round(row.height());
        boolean whole = x >= 0 && y >= 0 && x + width <= image.width() && y + height <= image.height();
        if (!whole || width < MIN_WIDTH || height < MIN_HEIGHT) {
            return false;
        }
        Path of = Files.createDirectories(folder.resolve(String.format(Locale.ROOT, "person%02d", row.id())));
        Path file = of.resolve(String.format(Locale.ROOT, "frame%04d.png", row.frame()));
        try (Rect place = new Rect(x, y, width, height);
                Mat cut = new Mat(image.mat(), place)) {
            if (!opencv_imgcodecs.imwrite(file.toString(), cut)) {
                throw new IOException(file + ": cannot be written");
            }
        }
        return true;
    }
}
