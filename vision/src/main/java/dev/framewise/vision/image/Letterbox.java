package dev.framewise.vision.image;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Writes pictures into a slot of a network's input: scaled bilinearly to where its format wants them, three planes of
 * floats, padded.
 *
 * <p>The slot's memory is [3, inputHeight, inputWidth] floats, given once; where consecutive pictures have one size,
 * padding is written once and nothing is allocated. JPEG planes are scaled before their colour is converted: the
 * network's input has fewer pixels than the frame. Belongs to one thread; owns its scratch memory, not the slot's.
 */
public final class Letterbox implements JpegDecoder.ScaleChoice, AutoCloseable {
    /** The grey around the picture that all YOLO families are trained with, of 0 to 255. */
    public static final int PAD_VALUE = 114;

    /**
     * A smaller decode with fewer pixels costs accuracy: AP50 of YOLOX-Nano fell by 0.004 at 0.92 and at 1.15 times what it
     * sees, and by 0.001 at 1.54 times (docs/decisions/0010-scaled-decode.md).
     */
    static final double MIN_OVERSIZE = 1.5;

    private static final int PLANES = 3;

    private final int inputWidth;
    private final int inputHeight;
    private final InputFormat format;
    private final FloatPointer slot;
    private final boolean takesYcbcr;
    /** By channel of the packed picture: the place of its plane, and what makes a byte the plane's value. */
    private final Mat[] targets = new Mat[PLANES];

    private final double[] gains = new double[PLANES];
    private final double[] offsets = new double[PLANES];
    private final ColourScaler colours = new ColourScaler();
    private final Mat scaled = new Mat();
    private final MatVector planes = new MatVector(/* n= */ PLANES);
    private Size innerSize = new Size();
    private LetterboxGeometry geometry;
    /** What {@link #scaleFor} said last, and of which size. */
    private JpegScale chosen = JpegScale.FULL;

    private int chosenWidth;
    private int chosenHeight;

    /** A letterbox for YOLOX over the memory of one slot. */
    public Letterbox(FloatPointer slot, int inputWidth, int inputHeight) {
        this(slot, inputWidth, inputHeight, InputFormat.yolox());
    }

    /**
     * A letterbox over the memory of one slot.
     *
     * @param slot at least {@code 3 * inputHeight * inputWidth} floats from its position on; must outlive this object
     */
    public Letterbox(FloatPointer slot, int inputWidth, int inputHeight, InputFormat format) {
        this.format = format;
        this.takesYcbcr = format.colours() == InputFormat.ColourOrder.YCBCR;
        this.slot = slot;
        this.inputWidth = inputWidth;
        this.inputHeight = inputHeight;
        for (int channel = 0; channel < PLANES; channel++) {
            gains[channel] = format.gain(format.planeOf(channel));
            offsets[channel] = format.offset(format.planeOf(channel));
        }
    }

    /** The geometry of the picture written last; null before the first. */
    public LetterboxGeometry geometry() {
        return geometry;
    }

    /** The smallest scale at which a JPEG of that size still has {@link #MIN_OVERSIZE} times what the network sees. */
    @Override
    public JpegScale scaleFor(int width, int height) {
        if (width != chosenWidth || height != chosenHeight) {
            LetterboxGeometry fitted = LetterboxGeometry.fit(width, height, inputWidth, inputHeight, format.fit());
            chosen = JpegScale.FULL;
            for (JpegScale scale : JpegScale.values()) {
                if (scale.lengthOf(width) >= MIN_OVERSIZE * fitted.innerWidth()
                        && scale.lengthOf(height) >= MIN_OVERSIZE * fitted.innerHeight()) {
                    chosen = scale;
                    break;
                }
            }
            chosenWidth = width;
            chosenHeight = height;
        }
        return chosen;
    }

    /** Writes a picture of packed BGR bytes. */
    public void write(BgrImage image) {
        prepare(image.width(), image.height());
        ColourScaler.scale(image.mat(), innerSize, scaled);
        if (takesYcbcr) {
            opencv_imgproc.cvtColor(scaled, scaled, opencv_imgproc.COLOR_BGR2YCrCb);
        }
        writePlanes(split());
    }

    /**
     * Writes a decoded JPEG, of full size or smaller: the geometry is that of its source. A network that reads YCbCr gets its planes
     * as they are, but scaled.
     */
    public void write(YuvImage image) {
        prepare(image.sourceWidth(), image.sourceHeight());
        if (takesYcbcr) {
            writePlanes(colours.planes(image, innerSize));
        } else {
            colours.convert(image, innerSize, scaled);
            writePlanes(split());
        }
    }

    /**
     * Takes over the picture that lies in another letterbox of the same input size and format.
     *
     * @throws IllegalArgumentException if that one holds no picture, or one for another input
     */
    public void write(Letterbox other) {
        if (other.geometry == null || !accepts(other)) {
            throw new IllegalArgumentException("the other letterbox holds no picture for " + inputWidth + "x"
                    + inputHeight + " pixels of " + format);
        }
        prepare(other.geometry.sourceWidth(), other.geometry.sourceHeight());
        Pointer.memcpy(slot, other.slot, (long) PLANES * inputWidth * inputHeight * Float.BYTES);
    }

    /** Whether another letterbox writes just what this one would. */
    public boolean accepts(Letterbox other) {
        return inputWidth == other.inputWidth && inputHeight == other.inputHeight && format.equals(other.format);
    }

    private MatVector split() {
        opencv_core.split(scaled, planes);
        return planes;
    }

    private void writePlanes(MatVector bytes) {
        for (int channel = 0; channel < PLANES; channel++) {
            // Gain 1 and offset 0 are as fast as none: OpenCV then only converts.
            bytes.get(channel).convertTo(targets[channel], opencv_core.CV_32F, gains[channel], offsets[channel]);
        }
    }

    private void prepare(int width, int height) {
        if (geometry != null && geometry.isFor(width, height)) {
            return;
        }
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture without pixels, or one that is closed");
        }
        geometry = LetterboxGeometry.fit(width, height, inputWidth, inputHeight, format.fit());
        innerSize.close();
        innerSize = new Size(geometry.innerWidth(), geometry.innerHeight());
        closeTargets();
        for (int channel = 0; channel < PLANES; channel++) {
            place(channel);
        }
    }

    /** Pads a channel's plane, and notes where the picture will lie in it. */
    private void place(int channel) {
        int which = format.planeOf(channel);
        long plane = (long) which * inputWidth * inputHeight;
        try (Scalar pad = Scalar.all(format.padOf(which) * gains[channel] + offsets[channel]);
                Mat whole = new Mat(inputHeight, inputWidth, opencv_core.CV_32FC1, slot.getPointer(plane))) {
            whole.put(pad);
        }
        targets[channel] = new Mat(
                geometry.innerHeight(),
                geometry.innerWidth(),
                opencv_core.CV_32FC1,
                slot.getPointer(plane + (long) geometry.top() * inputWidth + geometry.left()),
                (long) inputWidth * Float.BYTES);
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
