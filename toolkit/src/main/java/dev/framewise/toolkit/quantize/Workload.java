package dev.framewise.toolkit.quantize;

import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.picture.Pictures;
import dev.framewise.toolkit.picture.Split;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.Letterbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The pictures that ranges are read off and choices are made by, as the network's input, in native memory. Read once. One thread.
 */
final class Workload implements AutoCloseable {
    private static final int PLANES = 3;
    private static final int MAX_SLOTS = 256;

    private final List<FloatPointer> memory = new ArrayList<>();
    private final List<ByteBuffer> calibration = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();
    private final Detector holder;
    private final String dataHash;

    private Workload(Detector holder, PictureSupply supply, Split split) throws IOException {
        this.holder = holder;
        MessageDigest digest = sha256();
        FrameTimings timings = new FrameTimings();
        int last = Math.max(split.calibration().last(), split.search().last());
        try (Pictures pictures = supply.open()) {
            while (pictures.number() < last && pictures.advance()) {
                if (split.calibration().contains(pictures.number())) {
                    calibration.add(input(pictures.image()));
                    digest.update(pictures.image().buffer());
                }
                if (split.search().contains(pictures.number()) && numbers.size() < MAX_SLOTS) {
                    holder.load(numbers.size(), pictures.image(), timings);
                    numbers.add(pictures.number());
                }
            }
        }
        dataHash = HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Reads pictures.
     *
     * @param model the float model, which says how it wants them
     * @throws ModelException if no head reads the model's output
     */
    static Workload read(Path model, DetectorOptions options, PictureSupply supply, Split split)
            throws ModelException, IOException {
        int slots = Math.min(MAX_SLOTS, split.search().size());
        Detector holder =
                Detector.open(model, options.toBuilder().maxBatch(slots).build());
        try {
            return new Workload(holder, supply, split);
        } catch (IOException | RuntimeException e) {
            holder.close();
            throw e;
        }
    }

    private ByteBuffer input(BgrImage image) {
        int width = holder.info().inputWidth();
        int height = holder.info().inputHeight();
        FloatPointer floats = new FloatPointer((long) PLANES * width * height);
        memory.add(floats);
        try (Letterbox letterbox = new Letterbox(
                floats, width, height, holder.description().input().orElseThrow())) {
            letterbox.write(image);
        }
        return floats.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** The network's input for each calibration picture. */
    List<ByteBuffer> calibration() {
        return calibration;
    }

    /** The shape of each. */
    long[] shape() {
        return new long[] {1, PLANES, holder.info().inputHeight(), holder.info().inputWidth()};
    }

    /** Holds the pictures of the search in its slots. */
    Detector holder() {
        return holder;
    }

    /** Numbers of the pictures of the search, by slot. */
    List<Integer> numbers() {
        return numbers;
    }

    /** SHA-256 of the pixels of the calibration pictures, in order. */
    String dataHash() {
        return dataHash;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        holder.close();
        memory.forEach(FloatPointer::close);
    }
}
