package dev.framewise.vision.image;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Writes pictures into a slot of a network's input: scaled bilinearly, letterboxed at the top left, three planes of
 * floats (blue, green, red; 0 to 255), padded with 114 as YOLOX was trained.
 *
 * <p>The slot's memory is [3, inputHeight, inputWidth] floats, given once; where consecutive pictures have one size,
 * padding is written once and nothing is allocated. JPEG planes are scaled before their colour is converted: the
 * network's input has fewer pixels than the frame. Belongs to one thread; owns its scratch memory, not the slot's.
 */
public final class Letterbox implements AutoCloseable {
    /** The grey around the picture, of 0 to 255. */
    public static final int PAD_VALUE = 114;

    private static final int PLANES = 3;

    private final int inputWidth;
    private final int inputHeight;
    private final FloatPointer slot;
    private final Mat[] targets = new Mat[PLANES];
    private final ColourScaler colours = new ColourScaler();
    private final Mat scaled = new Mat();
    private final MatVector planes = new MatVector(/* n= */ PLANES);
    private Size innerSize = new Size();
    private LetterboxGeometry geometry;

    /**
     * A letterbox over the memory of one slot.
     *
     * @param slot at least {@code 3 * inputHeight * inputWidth} floats from its position on; must outlive this object
     */
    public Letterbox(FloatPointer slot, int inputWidth, int inputHeight) {
        this.slot = slot;
        this.inputWidth = inputWidth;
        this.inputHeight = inputHeight;
    }

    /** The geometry of the picture written last; null before the first. */
    public LetterboxGeometry geometry() {
        return geometry;
    }

    /** Writes a picture of packed BGR bytes. */
    public void write(BgrImage image) {
        prepare(image.width(), image.height());
        ColourScaler.scale(image.mat(), innerSize, scaled);
        writePlanes();
    }

    /** Writes a decoded JPEG. */
    public void write(YuvImage image) {
        prepare(image.width(), image.height());
        colours.convert(image, innerSize, scaled);
        writePlanes();
    }

    private void writePlanes() {
        opencv_core.split(scaled, planes);
        for (int plane = 0; plane < PLANES; plane++) {
            planes.get(plane).convertTo(targets[plane], opencv_core.CV_32F);
        }
    }

    private void prepare(int width, int height) {
        if (geometry != null && geometry.isFor(width, height)) {
            return;
        }
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture without pixels, or one that is closed");
        }
        geometry = LetterboxGeometry.fit(width, height, inputWidth, inputHeight);
        innerSize.close();
        innerSize = new Size(geometry.innerWidth(), geometry.innerHeight());
        try (Scalar pad = Scalar.all(PAD_VALUE);
                Mat whole = new Mat(PLANES * inputHeight, inputWidth, opencv_core.CV_32FC1, slot)) {
            whole.put(pad);
        }
        closeTargets();
        long planeSize = (long) inputWidth * inputHeight;
        for (int plane = 0; plane < PLANES; plane++) {
            targets[plane] = new Mat(
                    geometry.innerHeight(),
                    geometry.innerWidth(),
                    opencv_core.CV_32FC1,
                    slot.getPointer(plane * planeSize),
                    (long) inputWidth * Float.BYTES);
        }
    }

    private void closeTargets() {
        for (Mat target : targets) {
            if (target != null) {
                target.close();
            }
        }
    }

    @Override
    public void close() {
        closeTargets();
        scaled.close();
        planes.close();
        colours.close();
        innerSize.close();
    }
}
