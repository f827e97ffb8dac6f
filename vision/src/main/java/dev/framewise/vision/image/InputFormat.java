package dev.framewise.vision.image;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a network wants its pictures: where they lie in its input, and what number stands for which colour. The value of
 * a channel is {@code (byte * range - mean) / std}, where the range is 1 or 1/255.
 *
 * @param fit where the picture lies
 * @param padValue grey around the picture, 0 to 255, before mean and deviation
 * @param colours what the three planes hold
 * @param range what white is before mean and deviation
 * @param mean subtracted from each plane, in the planes' order and in units of {@code range}
 * @param std divides each plane, in the planes' order and in units of {@code range}; above 0
 */
public record InputFormat(
        Fit fit, int padValue, ColourOrder colours, ValueRange range, List<Double> mean, List<Double> std) {
    /** Where a picture lies in the network's input. */
    public enum Fit {
        /** One scale for both axes, at the top left corner, sizes truncated: as YOLOX. */
        TOP_LEFT,
        /** One scale for both axes, in the middle, sizes rounded: as Ultralytics' YOLO. */
        CENTRED,
        /** Stretched over the whole input, so that nothing is padded. */
        STRETCHED
    }

    /** What the three planes hold, and in which order. */
    public enum ColourOrder {
        BGR,
        RGB,
        /**
         * Brightness and two differences of colour, as JPEG holds them: 0 to 255 each, grey at 128 in the latter two (ITU-T T.871).
         */
        YCBCR
    }

    /** What white is. */
    public enum ValueRange {
        /** 0 to 255. */
        BYTE(1),
        /** 0 to 1. */
        UNIT(1 / 255.0);

        private final double scale;

        ValueRange(double scale) {
            this.scale = scale;
        }
    }

    /** Cb and Cr of grey. */
    static final int NO_COLOUR = 128;

    private static final int PLANES = 3;

    public InputFormat {
        List<String> problems = new ArrayList<>();
        require(problems, padValue >= 0 && padValue <= 255, "padValue", padValue, "0 to 255");
        require(problems, isTriple(mean), "mean", mean, "3 finite numbers");
        require(
                problems,
                isTriple(std) && std.stream().allMatch(s -> s > 0),
                "std",
                std,
                "3 finite numbers, each above 0");
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    private static boolean isTriple(List<Double> values) {
        return values.size() == PLANES && values.stream().allMatch(Double::isFinite);
    }

    private static void require(List<String> problems, boolean holds, String name, Object value, String allowed) {
        if (!holds) {
            problems.add(name + " is " + value + "; allowed: " + allowed);
        }
    }

    /** A format without mean and deviation, padded with {@link Letterbox#PAD_VALUE}. */
    public static InputFormat of(Fit fit, ColourOrder colours, ValueRange range) {
        return new InputFormat(
                fit,
                Letterbox.PAD_VALUE,
                colours,
                range,
                Collections.nCopies(PLANES, 0.0),
                Collections.nCopies(PLANES, 1.0));
    }

    /** What YOLOX was trained with: top left, BGR, 0 to 255. */
    public static InputFormat yolox() {
        return of(Fit.TOP_LEFT, ColourOrder.BGR, ValueRange.BYTE);
    }

    public InputFormat withFit(Fit value) {
        return new InputFormat(value, padValue, colours, range, mean, std);
    }

    public InputFormat withPadValue(int value) {
        return new InputFormat(fit, value, colours, range, mean, std);
    }

    public InputFormat withColours(ColourOrder value) {
        return new InputFormat(fit, padValue, value, range, mean, std);
    }

    public InputFormat withRange(ValueRange value) {
        return new InputFormat(fit, padValue, colours, value, mean, std);
    }

    /** Mean and deviation of the planes, in their order and in units of the range. */
    public InputFormat withNormalization(List<Double> newMean, List<Double> newStd) {
        return new InputFormat(fit, padValue, colours, range, newMean, newStd);
    }

    /** What a byte of a plane is multiplied by. */
    double gain(int plane) {
        return range.scale / std.get(plane);
    }

    /** What is added to a byte of a plane after that. */
    double offset(int plane) {
        return -mean.get(plane) / std.get(plane);
    }

    /**
     * The plane that holds a channel of a packed picture, which is blue, green, red, or where planes are YCbCr as OpenCV orders them:
     * Y, Cr, Cb.
     */
    int planeOf(int channel) {
        return switch (colours) {
            case BGR -> channel;
            case RGB -> PLANES - 1 - channel;
            case YCBCR -> (PLANES - channel) % PLANES;
        };
    }

    /** The byte that a plane has around the picture. */
    int padOf(int plane) {
        return colours == ColourOrder.YCBCR && plane > 0 ? NO_COLOUR : padValue;
    }
}
