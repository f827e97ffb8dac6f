package dev.framewise.vision.detect;

import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegDecoder;
import dev.framewise.vision.image.JpegScale;
import dev.framewise.vision.image.Letterbox;
import dev.framewise.vision.image.LetterboxGeometry;
import dev.framewise.vision.image.YuvImage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Finds objects in pictures, a batch at a time:
 *
 * <pre>{@code
 * detector.load(0, jpegOfOneCamera, timings);
 * detector.load(1, jpegOfAnother, timings);
 * detector.run(2);
 * detector.detections(0, found, timings);
 * }</pre>
 *
 * <p>Owns all native memory, taken at {@link #open} and given back at {@link #close}: pictures are decoded and
 * letterboxed straight into the network's input, and a frame allocates next to nothing. One thread only; each Flink
 * subtask opens its own.
 */
public final class Detector implements AutoCloseable {
    private static final JpegDecoder.ScaleChoice FULL_SIZE = (width, height) -> JpegScale.FULL;

    private final Network network;
    private final Head head;
    private final ModelDescription description;
    private final ModelInfo info;
    private final JpegDecoder decoder;
    private final Letterbox[] letterboxes;
    private final Candidates candidates;
    private final Nms nms;
    private final float scoreThreshold;
    private final boolean scaledJpegs;
    private YuvImage lastDecoded;
    private long lastRunNanos;
    private long lastRunCpuNanos;
    private boolean closed;

    private Detector(Network network, Heads.Chosen chosen, ModelInfo info, DetectorOptions options) {
        this.network = network;
        head = chosen.head();
        description = chosen.description();
        this.info = info;
        decoder = new JpegDecoder(options.maxPixels());
        letterboxes = new Letterbox[options.maxBatch()];
        for (int slot = 0; slot < letterboxes.length; slot++) {
            letterboxes[slot] =
                    new Letterbox(network.input(slot), network.inputWidth(), network.inputHeight(), chosen.input());
        }
        candidates = new Candidates(head.classCount(), options.classes());
        nms = new Nms(head.needsNms() ? options.nmsThreshold() : 1, options.maxDetections());
        scoreThreshold = options.scoreThreshold();
        scaledJpegs = options.scaledJpegs();
    }

    /**
     * Opens a model and warms it up with one run.
     *
     * @param model an ONNX file with one float input [batch, 3, height, width] and outputs that a head reads
     * @throws ModelException if the file is no such model, is not what it or the options describe, or an execution
     *     provider asked for strictly is absent
     */
    public static Detector open(Path model, DetectorOptions options) throws ModelException {
        ModelFile file = ModelFile.verify(model, options);
        Network network = Network.open(file, options);
        try {
            ModelMetadata metadata = new ModelMetadata(model.toString(), network.metadata());
            Heads.Chosen chosen = Heads.choose(
                    model.toString(),
                    network.inputWidth(),
                    network.inputHeight(),
                    network.outputs(),
                    options.description(),
                    metadata);
            String precision = metadata.precision().orElse(file.quantized() ? "int8" : "fp32");
            ModelInfo info = describe(model, file, precision, network, chosen);
            requireClasses(model, info, options.classes());
            return new Detector(network, chosen, info, options);
        } catch (ModelException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** A class that the model does not have would never be found, and nobody would know why. */
    private static void requireClasses(Path model, ModelInfo info, Set<Integer> classes) throws ModelException {
        for (int wanted : classes) {
            if (wanted >= info.classCount()) {
                throw new ModelException(model + ": class " + wanted + " was asked for; it has " + info.classCount()
                        + ", by index from 0: " + info.classNames());
            }
        }
    }

    private static ModelInfo describe(
            Path model, ModelFile file, String filePrecision, Network network, Heads.Chosen chosen) {
        String fileName = model.getFileName().toString();
        return new ModelInfo(
                fileName.endsWith(".onnx") ? fileName.substring(0, fileName.length() - 5) : fileName,
                chosen.head().name(),
                network.provider().computesIn().orElse(filePrecision),
                filePrecision,
                network.inputWidth(),
                network.inputHeight(),
                network.fixedBatch(),
                chosen.head().classCount(),
                chosen.description().classNames(),
                file.sha256(),
                network.provider().provider().id());
    }

    /** What runs, and on what. */
    public ModelInfo info() {
        return info;
    }

    /** What was found out of the model from the options, its metadata and its head's defaults; nothing is open. */
    public ModelDescription description() {
        return description;
    }

    /** Number of pictures that one run can take. */
    public int slots() {
        return letterboxes.length;
    }

    /**
     * Decodes and letterboxes a JPEG into a slot.
     *
     * @param slot 0 to {@code slots() - 1}
     * @param timings gets decode and letterbox times
     * @throws ImageFormatException if the bytes are no readable JPEG; the slot then keeps what it held
     */
    public void load(int slot, byte[] jpeg, FrameTimings timings) throws ImageFormatException {
        Letterbox letterbox = letterbox(slot);
        long start = ThreadCpu.nanos();
        YuvImage image = decoder.decode(jpeg, scaledJpegs ? letterbox : FULL_SIZE);
        long decoded = ThreadCpu.nanos();
        letterbox.write(image);
        lastDecoded = image;
        timings.decodeNanos = decoded - start;
        timings.letterboxNanos = ThreadCpu.nanos() - decoded;
    }

    /** The planes of the JPEG that was loaded last, whole or smaller; valid until the next is loaded. Null before the first. */
    public YuvImage lastDecoded() {
        return lastDecoded;
    }

    /** Letterboxes a raw picture into a slot. */
    public void load(int slot, BgrImage image, FrameTimings timings) {
        Letterbox letterbox = letterbox(slot);
        long start = ThreadCpu.nanos();
        letterbox.write(image);
        timings.decodeNanos = 0;
        timings.letterboxNanos = ThreadCpu.nanos() - start;
    }

    /** Whether another detector letterboxes pictures just as this one does: then it can take them over. */
    public boolean hasInputOf(Detector other) {
        return letterbox(0).accepts(other.letterbox(0));
    }

    /**
     * Takes over a picture from a slot of another detector, neither decoded nor scaled again. Both must be on the calling
     * thread.
     *
     * @param slot 0 to {@code slots() - 1}
     * @param from a detector that {@link #hasInputOf} holds for
     */
    public void load(int slot, Detector from, int fromSlot) {
        letterbox(slot).write(from.letterbox(fromSlot));
    }

    /**
     * Runs the network over slots 0 to {@code count - 1}: at once if the model takes any batch, else in groups of its
     * fixed batch, so image by image for a batch of one.
     *
     * @param count 1 to {@code slots()}
     * @throws IllegalStateException if ONNX Runtime fails
     */
    public void run(int count) {
        requireOpen();
        if (count < 1 || count > letterboxes.length) {
            throw new IllegalArgumentException(count + " images; this detector takes 1 to " + letterboxes.length);
        }
        long start = System.nanoTime();
        long startCpu = ThreadCpu.nanos();
        network.run(count);
        lastRunCpuNanos = ThreadCpu.nanos() - startCpu;
        lastRunNanos = System.nanoTime() - start;
    }

    /**
     * Reads what the last run found in a slot.
     *
     * @param slot a slot that was loaded before the last run and has not been loaded since
     * @param out is cleared, then gets boxes Xyxy in pixels of the source picture, best score first
     * @param timings gets the postprocess time
     */
    public void detections(int slot, Detections out, FrameTimings timings) {
        LetterboxGeometry geometry = geometry(slot);
        long start = ThreadCpu.nanos();
        read(network.output(slot), geometry, out);
        timings.postprocessNanos = ThreadCpu.nanos() - start;
    }

    /**
     * Reads what another runtime gave for the picture in a slot, such as the same network in another format.
     *
     * @param slot a slot that was loaded
     * @param outputs values of each output for this one picture, in the model's order and layout
     * @param out is cleared, then gets boxes Xyxy in pixels of the source picture, best score first
     * @throws IllegalArgumentException if there are more or fewer values than the model gives; one that gives as many rows as it finds
     *     objects cannot be read so
     */
    public void detections(int slot, List<float[]> outputs, Detections out) {
        LetterboxGeometry geometry = geometry(slot);
        List<ModelOutput> described = network.outputs();
        boolean fits = described.size() == outputs.size();
        FloatBuffer[] floats = new FloatBuffer[outputs.size()];
        int[] rows = new int[outputs.size()];
        for (int i = 0; fits && i < floats.length; i++) {
            long[] sizes = described.get(i).sizes();
            boolean open = Arrays.stream(sizes).anyMatch(size -> size == ModelOutput.OPEN);
            fits = !open && described.get(i).floats() == outputs.get(i).length;
            floats[i] = FloatBuffer.wrap(outputs.get(i));
            rows[i] = sizes.length < 2 ? 1 : (int) sizes[1];
        }
        if (!fits) {
            throw new IllegalArgumentException("slot " + slot + ": expected values of " + described + "; found "
                    + outputs.stream().map(values -> values.length).toList());
        }
        read(new RawOutputs(floats, rows, /* image= */ 0), geometry, out);
    }

    /** The network's input in a slot, copied: [3, height, width], as the model wants it. */
    public float[] input(int slot) {
        requireOpen();
        float[] values = new float[3 * info.inputWidth() * info.inputHeight()];
        network.input(slot).get(values);
        return values;
    }

    private LetterboxGeometry geometry(int slot) {
        LetterboxGeometry geometry = letterbox(slot).geometry();
        if (geometry == null) {
            throw new IllegalStateException("slot " + slot + " was never loaded");
        }
        return geometry;
    }

    private void read(RawOutputs outputs, LetterboxGeometry geometry, Detections out) {
        out.clear();
        candidates.clear();
        head.decode(outputs, scoreThreshold, candidates);
        int kept = nms.suppress(candidates);
        float scaleX = (float) geometry.scaleX();
        float scaleY = (float) geometry.scaleY();
        for (int k = 0; k < kept; k++) {
            int i = nms.kept(k);
            out.add(
                    (candidates.x1[i] - geometry.left()) / scaleX,
                    (candidates.y1[i] - geometry.top()) / scaleY,
                    (candidates.x2[i] - geometry.left()) / scaleX,
                    (candidates.y2[i] - geometry.top()) / scaleY,
                    candidates.scores[i],
                    candidates.classIds[i]);
        }
    }

    /** Memory that was given back must not be touched: that would end the process. */
    private Letterbox letterbox(int slot) {
        requireOpen();
        return letterboxes[slot];
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the detector of " + info.name() + " is closed");
        }
    }

    /** Wall time of the last {@link #run}, nanoseconds. */
    public long lastRunNanos() {
        return lastRunNanos;
    }

    /** CPU time of the last {@link #run} on the calling thread, nanoseconds; all of it with one intra-op thread. */
    public long lastRunCpuNanos() {
        return lastRunCpuNanos;
    }

    @Override
    public void close() {
        closed = true;
        for (Letterbox letterbox : letterboxes) {
            letterbox.close();
        }
        decoder.close();
        network.close();
    }
}
